/** A metric of Prometheus. Each label has few values: words of the configuration, states, codes of the catalogue. */
export interface NamedMetric {
  readonly kind: 'counter' | 'gauge'
  readonly help: string
  readonly labels: readonly string[]
}

/** Every metric of ours. Counters begin at nothing when the broker starts, gauges are read from the stores. */
export const metricNames = {
  portreeve_accepted_messages_total: {
    kind: 'counter',
    help: 'Messages from outside that were put on the log.',
    labels: ['type', 'source'],
  },
  portreeve_duplicate_messages_total: {
    kind: 'counter',
    help: 'Messages from outside that had come before: nothing was put on the log.',
    labels: ['type', 'source'],
  },
  portreeve_door_refusals_total: {
    kind: 'counter',
    help: 'Requests that the door has refused, by the code that was answered.',
    labels: ['code'],
  },
  portreeve_delivery_outcomes_total: {
    kind: 'counter',
    help: 'What became of messages at a receiver. A message may have several: unknown first, then delivered.',
    labels: ['route', 'receiver', 'state'],
  },
  portreeve_messages: {
    kind: 'gauge',
    help: 'Messages in each state at a receiver, of all that the ledger knows.',
    labels: ['type', 'route', 'receiver', 'state'],
  },
  portreeve_oldest_waiting_seconds: {
    kind: 'gauge',
    help: 'Age of the oldest message that a receiver has not got, by why: waiting, unknown or parked. 0: there is none.',
    labels: ['route', 'receiver', 'state'],
  },
  portreeve_consumer_lag_records: {
    kind: 'gauge',
    help: 'Records that a consumer group has yet to finish: an upper bound, and 0 exactly when none is left.',
    labels: ['group'],
  },
  portreeve_ledger_lag_records: {
    kind: 'gauge',
    help: 'Records on the log that the ledger has yet to take over: an upper bound.',
    labels: [],
  },
  portreeve_receiver_paused: {
    kind: 'gauge',
    help: '1 while a receiver is left alone because it cannot be reached or has to be spared.',
    labels: ['route', 'receiver'],
  },
  portreeve_open_transactions: {
    kind: 'gauge',
    help: 'Transactions that are not over.',
    labels: ['process'],
  },
  portreeve_transactions_needing_person: {
    kind: 'gauge',
    help: 'Transactions that wait for a person.',
    labels: ['process'],
  },
  portreeve_part_failing: {
    kind: 'gauge',
    help: '1 for each part of the broker that fails at the moment, as portreeve status names it.',
    labels: ['part', 'code'],
  },
  portreeve_disk_free_bytes: {
    kind: 'gauge',
    help: 'Free space on the disk of the data folder.',
    labels: [],
  },
  portreeve_build_info: {
    kind: 'gauge',
    help: 'Always 1: which version runs, and on which Node.',
    labels: ['version', 'node'],
  },
  process_cpu_seconds_total: {
    kind: 'counter',
    help: 'Processor time of the broker, in user and system mode, all threads.',
    labels: [],
  },
  process_resident_memory_bytes: {
    kind: 'gauge',
    help: 'Memory that the broker occupies.',
    labels: [],
  },
  process_start_time_seconds: {
    kind: 'gauge',
    help: 'When the broker was started, in seconds since 1970.',
    labels: [],
  },
} as const satisfies Record<string, NamedMetric>

export type MetricName = keyof typeof metricNames
