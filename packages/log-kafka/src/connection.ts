import type { Settings } from './rdkafka.ts'
import { type KafkaSecurity, rdkafkaSecurity } from './security.ts'

/** How the brokers are reached. */
export interface KafkaConnection extends KafkaSecurity {
  /** `host:port`, one or more, divided by commas. */
  readonly brokers: string
  /**
   * Of this log alone, and the same after a restart: what it left open when it was killed is then ended at once, and not
   * after ten seconds. Default: a new one each time.
   */
  readonly transactionalId?: string
  /** Before the names of topics and groups on the cluster: each log has one of its own where several share it. Default: none. */
  readonly prefix?: string
  /** Copies of each record. Default: the cluster's own. */
  readonly replication?: number
  /** How the members of a group share its partitions. Default `cooperative-sticky`: who keeps a partition goes on meanwhile. */
  readonly assignment?: 'cooperative-sticky' | 'range'
}

/** Settings of every librdkafka client. */
export function clientSettings(connection: KafkaConnection): Settings {
  return {
    'bootstrap.servers': connection.brokers,
    'client.id': 'portreeve',
    'allow.auto.create.topics': false,
    ...rdkafkaSecurity(connection),
  }
}

export const requestTimeoutMs = 10_000
