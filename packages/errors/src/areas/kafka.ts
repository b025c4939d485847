import type { CatalogueEntry } from '../entry.ts'

/** Apache Kafka as the log. */
export const kafkaErrors = {
  PRV_KAFKA_NOT_BUILT: {
    failureClass: 'operator',
    status: 503,
    text: 'The client of Apache Kafka is not built on this machine.',
    remedy: 'Run npm run kafka:build, or use the embedded log.',
  },
  PRV_KAFKA_CONSUMER_STALLED: {
    failureClass: 'target-down',
    status: 503,
    text: 'A consumer of the group {group} was handed nothing any more, though there is something.',
    remedy: 'Nothing is to be done: it begins anew where the group stands. Report it when it comes often.',
  },
  PRV_KAFKA_UNREACHABLE: {
    failureClass: 'target-down',
    status: 503,
    text: 'No broker of {brokers} answers ({fault}).',
    remedy: 'Check that the brokers run and that the addresses are right; it is tried again.',
  },
  PRV_KAFKA_CERTIFICATE: {
    failureClass: 'operator',
    status: 503,
    text: 'No secure connection to {brokers} came about ({fault}).',
    remedy: 'Check the certificate of the brokers, when it ends, and the authority that is trusted.',
  },
  PRV_KAFKA_TLS_FILE: {
    failureClass: 'operator',
    status: 503,
    text: 'The file {file} for secure connections to Apache Kafka cannot be used ({fault}).',
    remedy: 'Check the path, who may read it, that it is PEM, and that key and certificate belong together.',
  },
  PRV_KAFKA_PASSWORD_IN_CLEAR: {
    failureClass: 'operator',
    status: 503,
    text: 'The mechanism PLAIN would show the password on the way to {brokers}, so nothing was sent.',
    remedy: 'Use TLS, or SCRAM-SHA-512.',
  },
  PRV_KAFKA_LOGIN: {
    failureClass: 'operator',
    status: 503,
    text: 'The brokers {brokers} refuse the login ({fault}).',
    remedy: 'Correct user and password, and the mechanism.',
  },
  PRV_KAFKA_NOT_ALLOWED: {
    failureClass: 'operator',
    status: 503,
    text: 'The brokers {brokers} do not allow this ({fault}).',
    remedy: 'Give the user the rights on topics, groups and transactions that the guide lists.',
  },
  PRV_KAFKA_TOO_FEW_REPLICAS: {
    failureClass: 'target-down',
    status: 503,
    text: 'Fewer copies than min.insync.replicas are in step at {brokers} ({fault}); nothing was written.',
    remedy: 'Bring the other brokers back; it is tried again.',
  },
  PRV_KAFKA_TAKEN_OVER: {
    failureClass: 'operator',
    status: 503,
    text: 'Another process writes at {brokers} in the name of this log; this one no longer does, and wrote nothing of this.',
    remedy:
      'Stop the one of the two that is not to run, maybe on a copy of the data folder. Start this one again if it is the one to stay.',
  },
  PRV_KAFKA_FAILED: {
    failureClass: 'operator',
    status: 500,
    text: 'Apache Kafka at {brokers} failed in a way that is not foreseen ({fault}).',
    remedy: 'Look into the log of the brokers; report it with this text.',
  },
} as const satisfies Record<string, CatalogueEntry>
