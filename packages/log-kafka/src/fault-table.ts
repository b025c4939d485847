import type { ErrorCode } from '@portreeve/errors'

/**
 * What the clients say, by number -> ours. Negative: said by librdkafka; positive: by a broker.
 * Source: librdkafka 2.12, `rdkafka.h`, `rd_kafka_resp_err_t`; Apache Kafka, protocol guide, error codes.
 */
export const faultTable: Readonly<Record<number, ErrorCode>> = {
  [-195]: 'PRV_KAFKA_UNREACHABLE',
  [-193]: 'PRV_KAFKA_UNREACHABLE',
  [-192]: 'PRV_KAFKA_UNREACHABLE',
  [-190]: 'PRV_LOG_TOPIC_UNKNOWN',
  [-188]: 'PRV_LOG_TOPIC_UNKNOWN',
  [-187]: 'PRV_KAFKA_UNREACHABLE',
  [-185]: 'PRV_KAFKA_UNREACHABLE',
  [-181]: 'PRV_KAFKA_CERTIFICATE',
  [-169]: 'PRV_KAFKA_LOGIN',
  [-152]: 'PRV_KAFKA_UNREACHABLE',
  [-151]: 'PRV_KAFKA_UNREACHABLE',
  3: 'PRV_LOG_TOPIC_UNKNOWN',
  5: 'PRV_KAFKA_UNREACHABLE',
  6: 'PRV_KAFKA_UNREACHABLE',
  7: 'PRV_KAFKA_UNREACHABLE',
  10: 'PRV_KAFKA_RECORD_TOO_LARGE',
  15: 'PRV_KAFKA_UNREACHABLE',
  18: 'PRV_KAFKA_RECORD_TOO_LARGE',
  19: 'PRV_KAFKA_TOO_FEW_REPLICAS',
  20: 'PRV_KAFKA_TOO_FEW_REPLICAS',
  29: 'PRV_KAFKA_NOT_ALLOWED',
  30: 'PRV_KAFKA_NOT_ALLOWED',
  31: 'PRV_KAFKA_NOT_ALLOWED',
  33: 'PRV_KAFKA_LOGIN',
  34: 'PRV_KAFKA_LOGIN',
  53: 'PRV_KAFKA_NOT_ALLOWED',
  56: 'PRV_KAFKA_DISK',
  58: 'PRV_KAFKA_LOGIN',
}

/** What `node-rdkafka` gives no number with: the text of librdkafka, in small letters -> the number. */
export const numberOfText: Readonly<Record<string, number>> = {
  'broker transport failure': -195,
  'host resolution failure': -193,
  'message timed out': -192,
  'unknown partition': -190,
  'unknown topic': -188,
  'all broker connections are down': -187,
  'timed out': -185,
  'ssl error': -181,
  'authentication failure': -169,
  'purged in queue': -152,
  'purged in flight': -151,
  'unknown topic or partition': 3,
  'leader not available': 5,
  'message size too large': 10,
  'message batch larger than configured server segment size': 18,
  'not enough in-sync replicas': 19,
  'message(s) written to insufficient number of in-sync replicas': 20,
  'topic authorization failed': 29,
  'group authorization failed': 30,
  'cluster authorization failed': 31,
  'transactional id authorization failed': 53,
  'disk error when trying to access log file on disk': 56,
}

/** Texts of `@platformatic/kafka` that have no name, and what they mean. */
export const namelessFaults: Readonly<Record<string, string>> = {
  'Broker requires TLS.': 'they ask for TLS',
  'TLS handshake failed. Please verify the broker supports TLS.': 'they know no TLS',
}

/** The same of what has a name: Node's codes of sockets and of TLS, and those of `@platformatic/kafka`. */
export function codeOfName(name: string): ErrorCode | undefined {
  if (name in namelessFaults) return 'PRV_KAFKA_CERTIFICATE'
  if (/^ERR_(SSL|TLS)_|^CERT_|SELF_SIGNED|^UNABLE_TO_|^HOSTNAME_MISMATCH$/.test(name)) return 'PRV_KAFKA_CERTIFICATE'
  if (name === 'PLT_KFK_AUTHENTICATION') return 'PRV_KAFKA_LOGIN'
  if (name === 'PLT_KFK_NETWORK' || /^E(CONN|NOTFOUND|AI_|HOST|NET|PIPE|TIMEDOUT)/.test(name))
    return 'PRV_KAFKA_UNREACHABLE'
  return undefined
}

/** What a number or a name means, where a person would not know. */
const meanings: Readonly<Record<string, string>> = {
  [-195]: 'the connection was closed',
  [-193]: 'the name of a broker has no address',
  [-192]: 'no answer in time',
  [-187]: 'no broker answers',
  [-185]: 'no answer in time',
  [-152]: 'no answer in time',
  [-151]: 'no answer in time',
  7: 'the brokers gave up waiting for each other',
  19: 'not written',
  20: 'written, but not by enough of them',
  33: 'they do not know the mechanism',
  34: 'they ask for no login',
  58: 'user or password is wrong',
  56: 'it cannot write',
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name of a broker has no address',
  PLT_KFK_NETWORK: 'the connection was closed',
  PLT_KFK_AUTHENTICATION: 'the connection was closed',
  CERT_HAS_EXPIRED: 'their certificate has expired',
  CERT_NOT_YET_VALID: 'their certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'their certificate is for another name',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'their certificate comes from an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'their certificate comes from an authority that is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'their certificate comes from an authority that is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'their certificate is of their own making',
}

/** For a person: `58: user or password is wrong`. */
export function inWords(fault: number | string): string {
  const nameless = namelessFaults[fault]
  if (nameless !== undefined) return nameless
  const meaning = meanings[fault] ?? (/ALERT/.test(`${fault}`) ? 'they refuse our certificate, or miss one' : undefined)
  return meaning === undefined ? `${fault}` : `${fault}: ${meaning}`
}
