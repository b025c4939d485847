import { type ErrorCode, isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { KafkaConnection } from './connection.ts'

/**
 * What librdkafka says, by number -> ours. Negative: said by the client; positive: by a broker.
 * Source: librdkafka 2.12, `rdkafka.h`, `rd_kafka_resp_err_t`; Apache Kafka, protocol guide, error codes.
 */
export const faultTable: Readonly<Record<number, ErrorCode>> = {
  [-195]: 'PRV_KAFKA_UNREACHABLE',
  [-193]: 'PRV_KAFKA_UNREACHABLE',
  [-192]: 'PRV_KAFKA_UNREACHABLE',
  [-187]: 'PRV_KAFKA_UNREACHABLE',
  [-185]: 'PRV_KAFKA_UNREACHABLE',
  [-181]: 'PRV_KAFKA_CERTIFICATE',
  [-169]: 'PRV_KAFKA_LOGIN',
  3: 'PRV_LOG_TOPIC_UNKNOWN',
  10: 'PRV_LOG_RECORD_TOO_LARGE',
  19: 'PRV_KAFKA_TOO_FEW_REPLICAS',
  20: 'PRV_KAFKA_TOO_FEW_REPLICAS',
  29: 'PRV_KAFKA_NOT_ALLOWED',
  30: 'PRV_KAFKA_NOT_ALLOWED',
  31: 'PRV_KAFKA_NOT_ALLOWED',
  53: 'PRV_KAFKA_NOT_ALLOWED',
  56: 'PRV_LOG_DISK_FULL',
  58: 'PRV_KAFKA_LOGIN',
}

/** A fault of a client in the log's words; what is ours already comes back as it is. */
export function inOurWords(error: unknown, { brokers }: Pick<KafkaConnection, 'brokers'>): unknown {
  if (isPortreeveError(error)) return error
  const code = numberOf(error)
  const known = code === undefined ? undefined : faultTable[code]
  const fault = `${code ?? (error instanceof Error ? error.name : 'unknown')}`
  return new PortreeveError(known ?? 'PRV_KAFKA_FAILED', { brokers, fault }, { cause: error })
}

function numberOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'number') return error.code
  if ('apiCode' in error && typeof error.apiCode === 'number') return error.apiCode
  if ('errors' in error && Array.isArray(error.errors)) {
    for (const inner of error.errors) {
      const found = numberOf(inner)
      if (found !== undefined) return found
    }
  }
  return 'cause' in error ? numberOf(error.cause) : undefined
}
