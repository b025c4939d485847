import type { SqlDatabase, SqlRow, SqlValue } from '@portreeve/endpoints'

/** As their maker delivers them. SQLite takes the types for names and keeps text. */
const tables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS account (
    account_ref varchar(20) PRIMARY KEY,
    family_name varchar(70) NOT NULL,
    given_name varchar(70) NOT NULL,
    birth_date date,
    uprn varchar(12),
    address_1 varchar(100),
    address_2 varchar(100),
    address_3 varchar(100),
    address_4 varchar(200),
    postcode varchar(8),
    status varchar(10) NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS address_change (
    external_reference varchar(100) PRIMARY KEY,
    account_ref varchar(20) NOT NULL REFERENCES account,
    uprn varchar(12),
    address_1 varchar(100),
    address_2 varchar(100),
    address_3 varchar(100),
    address_4 varchar(200),
    postcode varchar(8),
    moved_on date NOT NULL,
    status varchar(10) NOT NULL,
    status_words varchar(500),
    changed_at timestamptz
  )`,
]

export async function makeTables(database: SqlDatabase): Promise<void> {
  await database.transaction(async (t) => {
    for (const table of tables) await t.query(table)
  })
}

/** Who pays, as the stand-in keeps them; also what a row of the table of accounts is made of. */
export interface FakeAccount {
  readonly accountRef: string
  readonly familyName: string
  readonly givenName: string
  /** `YYYY-MM-DD` */
  readonly birthDate?: string
  readonly uprn?: string
  /** At most four. */
  readonly addressLines?: readonly string[]
  readonly postcode?: string
  /** Default `OPEN`. */
  readonly status?: string
}

export interface FakeChange {
  readonly externalReference: string
  readonly accountRef: string
  readonly addressLines: readonly string[]
  readonly postcode: string | null
  readonly movedOn: string
  readonly status: string
  readonly statusWords: string | null
  readonly changedAt: string | null
}

export const insertAccount = `INSERT INTO account (account_ref, family_name, given_name, birth_date, uprn, address_1, address_2,
  address_3, address_4, postcode, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`

export function accountRow(account: FakeAccount): readonly (string | null)[] {
  const { accountRef, familyName, givenName, birthDate, uprn, addressLines = [], postcode, status = 'OPEN' } = account
  const lines = [0, 1, 2, 3].map((index) => addressLines[index] ?? null)
  return [accountRef, familyName, givenName, birthDate ?? null, uprn ?? null, ...lines, postcode ?? null, status]
}

export function toAccount(row: SqlRow): FakeAccount {
  const [birthDate, uprn, postcode] = [row.birth_date, row.uprn, row.postcode].map(textOf)
  return {
    accountRef: String(row.account_ref),
    familyName: String(row.family_name),
    givenName: String(row.given_name),
    ...(birthDate != null && { birthDate }),
    ...(uprn != null && { uprn }),
    addressLines: linesOf(row),
    ...(postcode != null && { postcode }),
    status: String(row.status),
  }
}

export function toChange(row: SqlRow): FakeChange {
  return {
    externalReference: String(row.external_reference),
    accountRef: String(row.account_ref),
    addressLines: linesOf(row),
    postcode: textOf(row.postcode),
    movedOn: String(row.moved_on),
    status: String(row.status),
    statusWords: textOf(row.status_words),
    changedAt: textOf(row.changed_at),
  }
}

function linesOf(row: SqlRow): readonly string[] {
  return [row.address_1, row.address_2, row.address_3, row.address_4].flatMap((line) => textOf(line) ?? [])
}

function textOf(value: SqlValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value)
}
