import type { SqlDatabase, SqlRow, SqlValue } from '@portreeve/endpoints'
import type { Layout } from './config.ts'
import { type Statements, statementsOf } from './statements.ts'
import type { Account, Change, NewChange } from './vendor-types.ts'

/** How accounts are looked for; a postcode in any spelling. */
export interface AccountSearch {
  readonly familyName: string
  readonly by: 'birthDate' | 'postcode' | 'uprn' | 'name'
  /** Of `by`; none with `name`. */
  readonly value: string
}

export interface FoundAccounts {
  readonly accounts: readonly Account[]
  /** There are others, which were left out. */
  readonly more: boolean
}

const mostAccounts = 50

/** Speaks SQL to the tables of a revenues system. Knows rows, no canonical message. Rejects as `SqlDatabase` does. */
export class AccountsClient {
  readonly #database: SqlDatabase
  readonly #layout: Layout
  readonly #statements: Statements

  constructor(database: SqlDatabase, layout: Layout) {
    this.#database = database
    this.#layout = layout
    this.#statements = statementsOf(layout)
  }

  /** Every table and column is there, may be read, and a change may be written: it is explained, never done. */
  async check(signal: AbortSignal): Promise<void> {
    for (const sql of this.#statements.checks) await this.#database.query(sql, [], { signal })
    const { insert, insertColumns } = this.#statements
    await this.#database.query(`EXPLAIN ${insert}`, Array(insertColumns).fill(null), { signal })
  }

  async findAccount(accountRef: string, signal: AbortSignal): Promise<FoundAccounts> {
    const rows = await this.#database.query(this.#statements.accountByReference, [accountRef], { signal })
    return this.#found(rows)
  }

  async findAccounts({ familyName, by, value }: AccountSearch, signal: AbortSignal): Promise<FoundAccounts> {
    const sought = by === 'postcode' ? value.toUpperCase().replaceAll(' ', '') : value
    const parameters = [familyName, ...(by === 'name' ? [] : [sought]), mostAccounts + 1]
    return this.#found(await this.#database.query(this.#statements.accountsBy[by], parameters, { signal }))
  }

  /** What stands of an earlier change; `null`: it was never written. */
  async findChange(externalReference: string, signal: AbortSignal): Promise<Change | null> {
    const [row] = await this.#database.query(this.#statements.change, [externalReference], { signal })
    return row ? toChange(row) : null
  }

  /** Writes it unless it is there already; what stands there then. */
  async addChange(change: NewChange, signal: AbortSignal): Promise<Change | null> {
    const [row] = await this.#database.transaction(
      async (t) => {
        await t.query(this.#statements.insert, this.#parametersOf(change))
        return await t.query(this.#statements.change, [change.externalReference])
      },
      { signal },
    )
    return row ? toChange(row) : null
  }

  /** Decided changes from this time on, in order of time, then of reference. */
  async decidedFrom(changedAt: string | null, limit: number, signal: AbortSignal): Promise<readonly Change[]> {
    const { appliedStatus, rejectedStatus } = this.#layout.addressChange
    const states = [appliedStatus, rejectedStatus]
    const rows =
      changedAt === null
        ? await this.#database.query(this.#statements.changes, [...states, limit], { signal })
        : await this.#database.query(this.#statements.changesFrom, [...states, changedAt, limit], { signal })
    return rows.map(toChange)
  }

  #found(rows: readonly SqlRow[]): FoundAccounts {
    const open = rows.filter(({ status }) => this.#layout.account.openStatuses.includes(textOf(status)))
    return { accounts: open.slice(0, mostAccounts).map(toAccount), more: rows.length > mostAccounts }
  }

  #parametersOf(change: NewChange) {
    const { externalReference, accountRef, uprn, addressLines, postcode, movedOn } = change
    const { newStatus } = this.#layout.addressChange
    return [externalReference, accountRef, uprn, ...addressLines, postcode, movedOn, newStatus]
  }
}

function toAccount(row: SqlRow): Account {
  const lines = Object.keys(row).filter((name) => name.startsWith('line_'))
  return {
    accountRef: textOf(row.account_ref),
    familyName: textOf(row.family_name),
    givenName: textOf(row.given_name),
    birthDate: textOf(row.birth_date).slice(0, 10),
    uprn: textOf(row.uprn).replace(/^0+/, ''),
    addressLines: lines.map((name) => textOf(row[name])).filter((line) => line !== ''),
    postcode: textOf(row.postcode),
  }
}

function toChange(row: SqlRow): Change {
  return {
    externalReference: textOf(row.external_reference),
    accountRef: textOf(row.account_ref),
    status: textOf(row.status),
    statusWords: textOf(row.status_words),
    changedAt: textOf(row.changed_at),
  }
}

/** Columns of fixed width are filled up with spaces. */
function textOf(value: SqlValue | undefined): string {
  return value === null || value === undefined || value instanceof Uint8Array ? '' : String(value).trimEnd()
}
