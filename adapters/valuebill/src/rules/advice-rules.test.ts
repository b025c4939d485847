import { expect, it } from 'vitest'
import { councilTaxReport, entries, property } from '../testing/example-report.ts'
import { adviseOn, entryCounts } from './advice-rules.ts'

const two = entries(property('7'), property('9'))
const codes = (code: string, sides: object) =>
  entryCounts.check(councilTaxReport(code, sides)).map((found) => found.code)

it.each([
  ['CR03', { ProposedEntries: two, ExistingEntries: two }, ['1001', '1002']],
  ['CR03', { ProposedEntries: entries() }, []],
  ['CR04', { ProposedEntries: two }, ['1003']],
  ['CR04', { ExistingEntries: entries() }, []],
  ['CR05', {}, ['1004', '1005']],
  ['CR05', { ExistingEntries: two, ProposedEntries: two }, []],
  ['CR12', { ExistingEntries: two, ProposedEntries: two }, ['1007', '1001']],
  ['CR12', { ExistingEntries: entries(), ProposedEntries: entries() }, []],
  ['CR09', { ExistingEntries: two, ProposedEntries: two }, ['1007', '1008']],
  ['CR09', { ExistingEntries: entries() }, []],
])('warns of the number of entries of %s as the VOA once did: EntryCounts', (code, sides, expected) => {
  expect(codes(code, sides)).toEqual(expected)
})

it('warns of codes that were once refused (CodeInUse), of another authority (IdentityNumberMatches), and of small letters (PlainCharacters)', () => {
  const sides = { ExistingEntries: entries(), BAidentityNumber: '0835', Remarks: 'See plan' }
  expect(adviseOn(councilTaxReport('CR15', sides), '9999').map(({ code, rule }) => [code, rule])).toEqual([
    ['1006', 'CodeInUse'],
    ['1010', 'IdentityNumberMatches'],
    ['1000', 'PlainCharacters'],
  ])
})

it('does not warn of what a correction has put behind the remarks', () => {
  const sides = { ExistingEntries: entries(), ProposedEntries: entries() }
  const report = councilTaxReport('CR12', { ...sides, Remarks: 'MOVED - [PROPOSED] - [9 QUAY LANE,ZZ9 9ZZ]' })
  expect(adviseOn(report, '9999')).toEqual([])
})

it('has nothing to say of a plain report', () => {
  expect(adviseOn(councilTaxReport('CR01', { ExistingEntries: entries() }), '9999')).toEqual([])
})
