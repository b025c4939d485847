import { expect, it } from 'vitest'
import { sqlName } from './sql-identifier.ts'

it.each([
  ['account', '"account"'],
  ['Select', '"Select"'],
  ['revenues.address_change', '"revenues"."address_change"'],
])('%s is written %s', (name, quoted) => expect(sqlName(name)).toBe(quoted))

it.each(['', 'a"b', 'a b', 'a;b', '1a', 'a.b.c', '.a', 'a.', 'é', 'a\n', `a${'b'.repeat(63)}`])(
  '%j is no name',
  (name) => {
    expect(() => sqlName(name)).toThrow(expect.objectContaining({ code: 'PRV_ENDPOINTS_SQL_STATEMENT' }))
  },
)
