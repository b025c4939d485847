export type { LogCapabilities } from './capabilities.ts'
export type {
  Batch,
  BatchHandler,
  ConsumeOptions,
  Consumer,
  GivenPartition,
  ReadOptions,
  ReadResult,
  WriteSet,
} from './consumer.ts'
export { unlessGivenUp } from './given-up.ts'
export { hasRecordsFrom } from './has-records.ts'
export type { Log } from './log.ts'
export { murmur2, partitionForKey } from './murmur2.ts'
export {
  type Header,
  type LogRecord,
  maxRecordBytes,
  type RecordPosition,
  recordBytes,
  type StoredRecord,
} from './record.ts'
export { stopwatch } from './stopwatch.ts'
export { assertTailPresent } from './tail.ts'
export type { PartitionRange, TopicConfig, TopicDescription, TopicDifference } from './topic.ts'
export { topicDifferences } from './topic-differences.ts'
