import type { Certificates } from './certificates.ts'
import { hasTls, type Security } from './security.ts'

export type Properties = Readonly<Record<string, string | number | boolean>>

/** Where one broker listens, each on 127.0.0.1. */
export interface NodePorts {
  /** In plain text, for the other brokers. Without security, clients use it too. */
  readonly internal: number
  readonly controller: number
  /** Absent without security. */
  readonly client?: number
}

export interface ServerOptions {
  /** From 1. */
  readonly id: number
  /** Of every broker of the cluster, in the order of their ids. */
  readonly ports: readonly NodePorts[]
  readonly data: string
  readonly security: Security
  readonly certificates: Certificates | undefined
  /** Principals that may do everything, `User:admin`; all others only what an ACL allows. Default: everyone may do everything. */
  readonly superUsers: readonly string[] | undefined
  /** Win over what stands here. */
  readonly properties: Properties
}

/** The text of `server.properties` for a broker that is a controller too. */
export function serverProperties(options: ServerOptions): string {
  const { id, ports, data } = options
  const brokers = ports.length
  const own = ports[id - 1]
  if (own === undefined) throw new TypeError(`no ports for broker ${id}`)
  const client = own.client === undefined ? '' : `,CLIENT://127.0.0.1:${own.client}`
  const all: Properties = {
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': ports.map(({ controller }, index) => `${index + 1}@127.0.0.1:${controller}`).join(','),
    listeners: `INTERNAL://127.0.0.1:${own.internal},CONTROLLER://127.0.0.1:${own.controller}${client}`,
    'advertised.listeners': `INTERNAL://127.0.0.1:${own.internal}${client}`,
    'listener.security.protocol.map': `INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT,CLIENT:${options.security.protocol}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'INTERNAL',
    'log.dirs': data,
    'auto.create.topics.enable': false,
    'default.replication.factor': brokers,
    'offsets.topic.replication.factor': brokers,
    'transaction.state.log.replication.factor': brokers,
    'transaction.state.log.min.isr': brokers > 1 ? 2 : 1,
    'share.coordinator.state.topic.replication.factor': brokers,
    'share.coordinator.state.topic.min.isr': brokers > 1 ? 2 : 1,
    'min.insync.replicas': brokers > 1 ? 2 : 1,
    'group.initial.rebalance.delay.ms': 0,
    ...securityProperties(options),
    ...options.properties,
  }
  return Object.entries(all)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

function securityProperties({ security, certificates, superUsers }: ServerOptions): Properties {
  const sasl = { 'sasl.enabled.mechanisms': 'SCRAM-SHA-256', ...scramLogin }
  // Whoever comes by the plain listener is a broker, or a test that administers.
  const supers = ['User:ANONYMOUS', ...(superUsers ?? [])].join(';')
  const authorizer = 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'
  return {
    ...('users' in security && sasl),
    ...(hasTls(security) && certificates && tlsProperties(security, certificates)),
    ...(superUsers && { 'authorizer.class.name': authorizer, 'super.users': supers }),
  }
}

const scramLogin: Properties = {
  'listener.name.client.scram-sha-256.sasl.jaas.config':
    'org.apache.kafka.common.security.scram.ScramLoginModule required;',
}

function tlsProperties(security: Extract<Security, { protocol: 'SSL' | 'SASL_SSL' }>, files: Certificates): Properties {
  const wantsClient = 'clientCertificate' in security && security.clientCertificate
  return {
    'listener.name.client.ssl.keystore.type': 'PEM',
    'listener.name.client.ssl.keystore.location': files[security.certificate ?? 'trusted'],
    'listener.name.client.ssl.truststore.type': 'PEM',
    'listener.name.client.ssl.truststore.location': files.ca,
    'listener.name.client.ssl.client.auth': wantsClient ? 'required' : 'none',
  }
}
