export { type PostgresProxy, type ProxyBehaviour, startPostgresProxy } from './postgres-proxy.ts'
