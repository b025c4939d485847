/** What may be bound to a place of a statement. */
export type SqlValue = null | number | bigint | string | Uint8Array

interface ValueOfColumn {
  readonly integer: number
  readonly real: number
  readonly text: string
  readonly blob: Uint8Array
}

/** The type of a result column; with `?` it may be null. Integers beyond 2^53 are refused by SQLite's reader. */
export type ColumnType = keyof ValueOfColumn | `${keyof ValueOfColumn}?`

/** The columns of a result by name, as the SQL gives them. */
export type Columns = Readonly<Record<string, ColumnType>>

type ValueOf<T extends ColumnType> = T extends `${infer Base extends keyof ValueOfColumn}?`
  ? ValueOfColumn[Base] | null
  : T extends keyof ValueOfColumn
    ? ValueOfColumn[T]
    : never

/** A row of a result that was declared as `C`. */
export type RowOf<C extends Columns> = { readonly [Name in keyof C]: ValueOf<C[Name]> }

/** Throws `TypeError` when a statement's result has other columns than were declared. */
export function checkColumns(sql: string, declared: Columns, found: readonly string[]): void {
  const expected = Object.keys(declared)
  if (expected.length === found.length && expected.every((name) => found.includes(name))) return
  throw new TypeError(`columns (${found}) are not the declared (${expected}) in: ${sql}`)
}

/** Makes the check that a row is what was declared: no cast stands between SQLite and the caller's types. */
export function rowGuard<C extends Columns>(columns: C): (row: Record<string, unknown>) => row is RowOf<C> {
  const checks = Object.entries(columns).map(([name, type]) => ({
    name,
    nullable: type.endsWith('?'),
    is: jsTypeOf(type),
  }))
  return (row): row is RowOf<C> => {
    for (const { name, nullable, is } of checks) {
      const value = row[name]
      if (value === null ? !nullable : typeof value !== is) return false
    }
    return true
  }
}

function jsTypeOf(type: ColumnType): 'number' | 'string' | 'object' {
  if (type.startsWith('integer') || type.startsWith('real')) return 'number'
  return type.startsWith('text') ? 'string' : 'object'
}
