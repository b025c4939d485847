export { capabilities } from './capabilities.ts'
export { openSqliteLog, type SqliteLogOptions } from './open.ts'
