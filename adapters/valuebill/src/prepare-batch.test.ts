import type { Message } from '@portreeve/envelope'
import { readXml } from '@portreeve/formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareBatch } from './prepare-batch.ts'
import { readReport } from './read-report.ts'
import { openSchema, type Schema } from './schema.ts'
import { bs7666Address, councilTaxReport, entries, property } from './testing/example-report.ts'
import { recordsOf } from './testing/read-records.ts'
import { batchOf, reportMessage } from './testing/report-message.ts'

const from = { billingAuthority: 'Borough of Sallowmere', billingAuthorityCode: '9999' }
const good = (number: string) => councilTaxReport('CR03', { BAreportNumber: number, ProposedEntries: entries() })
let schema: Schema

beforeAll(async () => {
  schema = await openSchema()
})
afterAll(() => schema[Symbol.dispose]())

const valid = (document: Uint8Array) => schema.isValid(readXml(document))
const prepare = (...messages: readonly Message[]) => prepareBatch(batchOf(...messages), from, schema)

describe('a batch', () => {
  it('becomes one document that the schema takes, its reports corrected and in order', async () => {
    const identity = { BS7666Address: bs7666Address, BAreference: 'REF7' }
    const prepared = prepare(
      reportMessage(good('1')),
      reportMessage(
        councilTaxReport('CR01', { BAreportNumber: '2', ProposedEntries: entries({ PropertyIdentity: identity }) }),
      ),
    )
    expect(prepared.refused).toEqual([null, null])
    expect(prepared.reports).toEqual([
      { reportNumber: '1', baTransaction: '9999000000001' },
      { reportNumber: '2', baTransaction: '9999000000001' },
    ])
    if (prepared.document === null) throw new Error('no document')
    expect(valid(prepared.document)).toBe(true)
    const sent = (await recordsOf(prepared.document)).map((element) => readReport(element).node)
    expect(sent.map((report) => report.BAreportNumber)).toEqual(['1', '2'])
    expect(sent[1]?.ExistingEntries?.AssessmentProperties?.[0]?.PropertyIdentity?.TextAddress).toBeDefined()
  })

  it('is the same bytes whenever it is prepared, for its time is that of its youngest message', () => {
    const older = reportMessage(good('1'), '2026-03-02T10:00:00.000Z')
    const younger = reportMessage(good('2'), '2026-03-02T11:00:00.000Z')
    const { document } = prepare(younger, older)
    expect(prepare(younger, older).document).toEqual(document)
    expect(new TextDecoder().decode(document ?? undefined)).toContain('<EntryDateTime>2026-03-02T11:00:00<')
  })

  it('refuses a report against the business rules, and sends the others', () => {
    const bad = councilTaxReport('CR08', { ExistingEntries: entries() })
    const prepared = prepare(reportMessage(good('1')), reportMessage(bad), reportMessage(good('3')))
    expect(prepared.refused).toMatchObject([null, { state: 'refused', code: '1006' }, null])
    expect(prepared.reports.map(({ reportNumber }) => reportNumber)).toEqual(['1', '3'])
  })

  it('refuses a report against the schema, and sends the others', () => {
    const bad = councilTaxReport('CR01', { DateSent: 'soon', ExistingEntries: entries(property('9')) })
    const prepared = prepare(reportMessage(good('1')), reportMessage(bad), reportMessage(good('3')))
    expect(prepared.refused).toMatchObject([null, { state: 'refused', code: '2000' }, null])
    expect(prepared.document && valid(prepared.document)).toBe(true)
    expect(prepared.reports.map(({ reportNumber }) => reportNumber)).toEqual(['1', '3'])
  })

  it.each(['{', 'null', '7', '{"typeOfTax":"council-tax","existingEntries":7}', '{"colour":"red"}'])(
    'refuses a message with the body %s',
    (body) => {
      const { envelope } = reportMessage(good('1'))
      const prepared = prepare({ envelope, body: new TextEncoder().encode(body) })
      expect(prepared).toMatchObject({ document: null, reports: [], refused: [{ state: 'refused' }] })
    },
  )

  it('refuses a message of another type', () => {
    const { envelope, body } = reportMessage(good('1'))
    const prepared = prepare({ envelope: { ...envelope, type: 'valuation.report.refused' }, body })
    expect(prepared.refused).toMatchObject([{ state: 'refused', code: 'PRV_VALUEBILL_MESSAGE' }])
  })
})
