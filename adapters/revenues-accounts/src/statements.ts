import { sqlName } from '@portreeve/endpoints'
import type { Layout } from './config.ts'

/** What is asked of the database: names of the council's in quotation marks, values always as parameters. */
export interface Statements {
  /** No row, but every column that is read. */
  readonly checks: readonly string[]
  /** `$1` reference. */
  readonly accountByReference: string
  /** `$1` family name, `$2` date of birth, upper-case postcode without spaces, or UPRN; at most `$3`, or `$2`, rows. */
  readonly accountsBy: Readonly<Record<'birthDate' | 'postcode' | 'uprn' | 'name', string>>
  /** `$1` external reference. */
  readonly change: string
  /**
   * Our reference, account, UPRN, lines of the address, postcode, day, state. A row of the same reference stays as it is; it has
   * to be the primary key, or unique.
   */
  readonly insert: string
  /** How many parameters that has. */
  readonly insertColumns: number
  /** `$1` and `$2` states, `$3` the time that it begins at, `$4` most rows. */
  readonly changesFrom: string
  /** `$1` and `$2` states, `$3` most rows. */
  readonly changes: string
}

export function statementsOf({ account, addressChange }: Layout): Statements {
  const accounts = sqlName(account.table)
  const changes = sqlName(addressChange.table)
  const { accountRef, familyName, givenName, birthDate, uprn, postcode, status } = account
  const read = named({
    account_ref: accountRef,
    family_name: familyName,
    given_name: givenName,
    birth_date: birthDate,
    uprn,
    postcode,
    status,
    ...Object.fromEntries(account.addressLines.map((name, index) => [`line_${index}`, name])),
  })
  const ofChange = named({
    external_reference: addressChange.externalReference,
    account_ref: addressChange.accountRef,
    status: addressChange.status,
    status_words: addressChange.statusWords,
    changed_at: addressChange.changedAt,
  })
  const [reference, state, at] = [addressChange.externalReference, addressChange.status, addressChange.changedAt].map(
    sqlName,
  )
  const byName = `SELECT ${read} FROM ${accounts} WHERE lower(${sqlName(familyName)}) = lower($1)`
  const inOrder = `ORDER BY ${sqlName(accountRef)}`
  const insertColumns = [
    addressChange.externalReference,
    addressChange.accountRef,
    addressChange.uprn,
    ...addressChange.addressLines,
    addressChange.postcode,
    addressChange.movedOn,
    addressChange.status,
  ].map(sqlName)
  const places = insertColumns.map((_, index) => `$${index + 1}`)
  const insert = `INSERT INTO ${changes} (${insertColumns.join(', ')}) VALUES (${places.join(', ')}) ON CONFLICT (${reference}) DO NOTHING`
  const decided = `SELECT ${ofChange} FROM ${changes} WHERE ${state} IN ($1, $2)`
  return {
    checks: [`SELECT ${read} FROM ${accounts} WHERE 1 = 0`, `SELECT ${ofChange} FROM ${changes} WHERE 1 = 0`],
    accountByReference: `SELECT ${read} FROM ${accounts} WHERE ${sqlName(accountRef)} = $1`,
    accountsBy: {
      birthDate: `${byName} AND ${sqlName(birthDate)} = $2 ${inOrder} LIMIT $3`,
      postcode: `${byName} AND replace(upper(${sqlName(postcode)}), ' ', '') = $2 ${inOrder} LIMIT $3`,
      uprn: `${byName} AND ${sqlName(uprn)} = $2 ${inOrder} LIMIT $3`,
      name: `${byName} ${inOrder} LIMIT $2`,
    },
    change: `SELECT ${ofChange} FROM ${changes} WHERE ${reference} = $1`,
    insert,
    insertColumns: insertColumns.length,
    changesFrom: `${decided} AND ${at} >= $3 ORDER BY ${at}, ${reference} LIMIT $4`,
    changes: `${decided} AND ${at} IS NOT NULL ORDER BY ${at}, ${reference} LIMIT $3`,
  }
}

/** Columns under names of ours. */
function named(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([ours, theirs]) => `${sqlName(theirs)} AS ${ours}`)
    .join(', ')
}
