export { capabilities } from './capabilities.ts'
export type { FreezableLog } from './log.ts'
export { openSqliteLog, type SqliteLogOptions } from './open.ts'
