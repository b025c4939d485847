import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSchema, type Schema } from './schema.ts'
import { councilTaxReport, entries } from './testing/example-report.ts'

const published = join(import.meta.dirname, '../../../../shared/data/valuebill/xsd')
const good = councilTaxReport('CR03', { ProposedEntries: entries() })
const bad = { ...good, DateSent: '2026-02-30', BAreportNumber: '1'.repeat(13) }

describe.each([
  ['ours', undefined],
  ['as published [needs shared data]', published],
])('the schema, %s,', (_, folder) => {
  const absent = folder !== undefined && !existsSync(folder)
  let schema: Schema
  beforeAll(async () => {
    if (!absent) schema = await openSchema(folder)
  })
  afterAll(() => schema?.[Symbol.dispose]())

  it.skipIf(absent)('judges each of several reports by itself, with its places', () => {
    const [first, second, third] = schema.checkReports([good, bad, good])
    expect([first, third]).toEqual([[], []])
    expect(second).toMatchObject([
      { code: '2000', path: 'DateSent', value: '2026-02-30' },
      { code: '2000', path: 'BAreportNumber', rule: 'maxLength 12' },
    ])
  })
})

it('a character that XML does not have is the fault of its report alone', async () => {
  using schema = await openSchema()
  const odd = { ...good, Remarks: 'A\u0000B' }
  expect(schema.checkReports([good, odd, bad])).toMatchObject([
    [],
    [{ code: 'PRV_FORMATS_CHARACTER', path: 'Remarks' }],
    [{ code: '2000' }, { code: '2000' }],
  ])
})

it('a folder without the schema says so', async () => {
  await expect(openSchema(import.meta.dirname)).rejects.toMatchObject({ code: 'PRV_FORMATS_SCHEMA_UNUSABLE' })
})
