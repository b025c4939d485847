export type { LogCapabilities } from './capabilities.ts'
export type {
  Batch,
  BatchHandler,
  Consumer,
  ConsumeOptions,
  ReadOptions,
  ReadResult,
  WriteSet,
} from './consumer.ts'
export type { Log } from './log.ts'
export type { Header, LogRecord, RecordPosition, StoredRecord } from './record.ts'
export type { PartitionRange, TopicConfig, TopicDescription } from './topic.ts'
