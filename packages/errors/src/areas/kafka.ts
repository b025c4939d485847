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
    text: 'No broker of {brokers} answers as it should ({fault}).',
    remedy:
      'Check that the brokers run, and their log: one whose disk is full stops. Check the addresses, and that brokers that ask for a login get one. It is tried again.',
  },
  PRV_KAFKA_CERTIFICATE: {
    failureClass: 'operator',
    status: 503,
    text: 'No secure connection to {brokers} came about ({fault}).',
    remedy:
      'Check the certificate of the brokers, when it ends and for which names it is, the authority in log.tls.ca, and our own certificate where they ask for one.',
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
    remedy: 'Correct user, password and mechanism in log.sasl.',
  },
  PRV_KAFKA_NOT_ALLOWED: {
    failureClass: 'operator',
    status: 503,
    text: 'The brokers {brokers} refuse {what} to this user ({fault}).',
    remedy: 'Give the user the rights on topics, groups and transactions that docs/how-to/run-on-kafka.md lists.',
  },
  PRV_KAFKA_TOO_FEW_REPLICAS: {
    failureClass: 'target-down',
    status: 503,
    text: 'Too few copies of {topic} are in step at {brokers} ({fault}); nothing was written.',
    remedy: 'Bring the other brokers back; it is tried again.',
  },
  PRV_KAFKA_RECORD_TOO_LARGE: {
    failureClass: 'operator',
    status: 503,
    text: 'The brokers {brokers} take no record of this size for {topic} ({fault}); nothing was written.',
    remedy: 'Set max.message.bytes of the topic to 1100000 again, or take the limit of the brokers away.',
  },
  PRV_KAFKA_DISK: {
    failureClass: 'target-down',
    status: 503,
    text: 'A broker of {brokers} cannot write {topic} to its disk ({fault}); nothing was written.',
    remedy:
      'Make space on the disk of the broker and start it again: it stops when it can write nowhere. It is tried again.',
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
