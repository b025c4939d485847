export { capabilities, memoryCapabilities } from './capabilities.ts'
export { openSqliteLog, type SqliteLogOptions } from './open.ts'
