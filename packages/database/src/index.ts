export type { Columns, ColumnType, RowOf, SqlValue } from './columns.ts'
export { type Database, type DatabaseOptions, openDatabase } from './database.ts'
export type { Migration } from './migrations.ts'
export type { Parameters, Query, Statement } from './statement.ts'
