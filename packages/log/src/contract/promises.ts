import type { FlaggedPromise, LogPromise } from './log-promise.ts'
import * as append from './promises/append.ts'
import * as batchLimits from './promises/batch-limits.ts'
import * as bytes from './promises/bytes.ts'
import * as closed from './promises/closed.ts'
import * as compareTopics from './promises/compare-topics.ts'
import * as consume from './promises/consume.ts'
import * as durability from './promises/durability.ts'
import * as keys from './promises/keys.ts'
import * as metadata from './promises/position-metadata.ts'
import * as positions from './promises/positions.ts'
import * as read from './promises/read.ts'
import * as redelivery from './promises/redelivery.ts'
import * as retention from './promises/retention.ts'
import * as sharing from './promises/sharing.ts'
import * as stop from './promises/stop.ts'
import * as topics from './promises/topics.ts'
import * as writeSet from './promises/write-set.ts'

const subjects = [
  append,
  durability,
  keys,
  bytes,
  topics,
  compareTopics,
  read,
  consume,
  batchLimits,
  redelivery,
  stop,
  writeSet,
  metadata,
  positions,
  retention,
  sharing,
  closed,
]

/** Every promise of the log port. */
export const promises: readonly (LogPromise | FlaggedPromise)[] = subjects.flatMap((subject) => Object.values(subject))
