import type { StatementSync } from 'node:sqlite'
import { PortreeveError } from '@portreeve/errors'
import { type Columns, type RowOf, rowGuard, type SqlValue } from './columns.ts'
import { fromSqlite } from './faults.ts'

/** Values for the `?` places in order, or one object for the `:name` places. */
export type Parameters = readonly SqlValue[] | readonly [Named]

/** A statement that changes something. */
export interface Statement {
  /** Returns the number of rows changed. Throws `PRV_DATABASE_*`. */
  run(...parameters: Parameters): number
}

/** A statement that reads rows. Throws `PRV_DATABASE_*`: `DAMAGED` too when a row is not as it was declared. */
export interface Query<Row> {
  /** The first row, or `undefined`. */
  get(...parameters: Parameters): Row | undefined
  all(...parameters: Parameters): Row[]
  /** Row by row: for results of any size. Nothing else may use this statement meanwhile. */
  iterate(...parameters: Parameters): IterableIterator<Row>
}

export function statement(raw: StatementSync, path: string): Statement {
  return {
    run(...parameters) {
      try {
        return Number((isNamed(parameters) ? raw.run(parameters[0]) : raw.run(...parameters)).changes)
      } catch (error) {
        throw fromSqlite(error, path)
      }
    },
  }
}

export function query<C extends Columns>(raw: StatementSync, columns: C, path: string): Query<RowOf<C>> {
  const isRow = rowGuard(columns)
  const checked = (row: Record<string, unknown>): RowOf<C> => {
    if (!isRow(row)) throw damagedRow(path, raw.sourceSQL)
    return row
  }
  return {
    get(...parameters) {
      try {
        const row = isNamed(parameters) ? raw.get(parameters[0]) : raw.get(...parameters)
        return row === undefined ? undefined : checked(row)
      } catch (error) {
        throw fromSqlite(error, path)
      }
    },
    all(...parameters) {
      try {
        return (isNamed(parameters) ? raw.all(parameters[0]) : raw.all(...parameters)).map(checked)
      } catch (error) {
        throw fromSqlite(error, path)
      }
    },
    *iterate(...parameters) {
      try {
        for (const row of isNamed(parameters) ? raw.iterate(parameters[0]) : raw.iterate(...parameters))
          yield checked(row)
      } catch (error) {
        throw fromSqlite(error, path)
      }
    },
  }
}

/** Tables are `STRICT` on writing only: a flipped bit can make another type of a value. */
function damagedRow(path: string, sql: string): PortreeveError {
  return new PortreeveError('PRV_DATABASE_DAMAGED', { path, fault: `a row is not as it was declared, in: ${sql}` })
}

type Named = Readonly<Record<string, SqlValue>>

function isNamed(parameters: Parameters): parameters is readonly [Named] {
  const [first] = parameters
  return typeof first === 'object' && first !== null && !ArrayBuffer.isView(first)
}
