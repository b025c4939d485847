export { type NewApiKey, newApiKey } from './api-keys.ts'
export { type Gateway, startGateway } from './start-gateway.ts'
export { type MetricsEndpoint, startMetricsEndpoint } from './start-metrics-endpoint.ts'
