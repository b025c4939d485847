export type { ByteSource, MessageFormat, ReadFormatOptions, ReadItem, ReadProgress } from './message-format.ts'
export type { Problem } from './problem.ts'
export { SourceRefused } from './source-refused.ts'
