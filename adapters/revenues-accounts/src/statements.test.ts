import { validateConfig } from '@portreeve/adapter-sdk'
import { describe, expect, it } from 'vitest'
import { configSchema, layoutOf } from './config.ts'
import { statementsOf } from './statements.ts'

const check = (config: object) =>
  validateConfig({ config: configSchema }, config).problems.map(({ pointer }) => pointer)
const databaseUrl = 'sqlite:/srv/a.db'

describe('the names of a council', () => {
  it('stand in quotation marks, and the others keep their defaults', () => {
    const layout = layoutOf({
      account: { table: 'ctax.Account', familyName: 'SELECT' },
      addressChange: { addressLines: ['line_a'] },
    })
    const { accountByReference, insert } = statementsOf(layout)
    expect(accountByReference).toContain('FROM "ctax"."Account" WHERE "account_ref" = $1')
    expect(accountByReference).toContain('"SELECT" AS family_name')
    expect(insert).toBe(
      'INSERT INTO "address_change" ("external_reference", "account_ref", "uprn", "line_a", "postcode", "moved_on", "status") ' +
        'VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ("external_reference") DO NOTHING',
    )
  })

  it.each([['account; DROP TABLE account'], ['"account"'], ['a.b.c'], [''], ['account--']])(
    'are names and no SQL, unlike %j',
    (table) => {
      expect(check({ databaseUrl, account: { table } })).toContain('/account/table')
      expect(check({ databaseUrl, addressChange: { uprn: table } })).toContain('/addressChange/uprn')
      expect(check({ databaseUrl, addressChange: { addressLines: [table] } })).toContain(
        '/addressChange/addressLines/0',
      )
    },
  )
})

it.each([
  ['postgresql://portreeve@db.example/revenues', []],
  ['postgresql://portreeve@db.example:6432/revenues?sslmode=disable', []],
  ['sqlite:/srv/a.db', []],
  ['postgresql://portreeve:tide@db.example/revenues', ['/databaseUrl']],
  ['postgresql://db.example/revenues', ['/databaseUrl']],
  ['postgresql://portreeve@db.example/revenues?sslmode=no-verify', ['/databaseUrl']],
  ['oracle://portreeve@db.example/revenues', ['/databaseUrl']],
])('the address %s is an address, without a password', (url, problems) => {
  expect(check({ databaseUrl: url })).toEqual(problems)
})
