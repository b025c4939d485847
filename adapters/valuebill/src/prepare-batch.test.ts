import type { Message } from '@portreeve/envelope'
import { readXml } from '@portreeve/formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareBatch } from './prepare-batch.ts'
import { readReport } from './read-report.ts'
import { openService, type Service } from './service.ts'
import { bs7666Address, councilTaxReport, entries } from './testing/example-report.ts'
import { recordsOf } from './testing/read-records.ts'
import { batchOf, reportMessage } from './testing/report-message.ts'

const from = { billingAuthority: 'Borough of Sallowmere', billingAuthorityCode: '9999' }
const good = (number: string) => councilTaxReport('CR03', { BAreportNumber: number, ProposedEntries: entries() })
let service: Service

beforeAll(async () => {
  service = await openService()
})
afterAll(() => service[Symbol.dispose]())

const prepare = (...messages: readonly Message[]) => prepareBatch(batchOf(...messages), from, service)

function documentOf(...messages: readonly Message[]): Uint8Array {
  const prepared = prepare(...messages)
  if ('outcomes' in prepared) throw new Error(JSON.stringify(prepared.outcomes))
  return prepared.document
}

describe('a batch', () => {
  it('becomes one document that the schema takes, its reports corrected and in order', async () => {
    const identity = { BS7666Address: bs7666Address, BAreference: 'REF7' }
    const demolished = councilTaxReport('CR01', {
      BAreportNumber: '2',
      ProposedEntries: entries({ PropertyIdentity: identity }),
    })
    const document = documentOf(reportMessage(good('1')), reportMessage(demolished))
    expect(service.isValid(readXml(document))).toBe(true)
    const sent = (await recordsOf(document)).map((element) => readReport(element).node)
    expect(sent.map((report) => report.BAreportNumber)).toEqual(['1', '2'])
    expect(sent[1]?.ExistingEntries?.AssessmentProperties?.[0]?.PropertyIdentity?.TextAddress).toBeDefined()
  })

  it('is the same bytes whenever it is prepared, for its time is that of its youngest message', () => {
    const older = reportMessage(good('1'), '2026-03-02T10:00:00.000Z')
    const younger = reportMessage(good('2'), '2026-03-02T11:00:00.000Z')
    const document = documentOf(younger, older)
    expect(documentOf(younger, older)).toEqual(document)
    expect(new TextDecoder().decode(document)).toContain('<EntryDateTime>2026-03-02T11:00:00<')
  })

  it.each([
    ['the business rules', councilTaxReport('CR08', { ExistingEntries: entries() }), '1006'],
    ['the schema', councilTaxReport('CR01', { DateSent: 'soon', ExistingEntries: entries() }), '2000'],
    [
      'XML itself',
      councilTaxReport('CR01', { Remarks: 'A\u0000B', ExistingEntries: entries() }),
      'PRV_FORMATS_CHARACTER',
    ],
  ])('with a report against %s refuses that one, and lets the others wait', (_, bad, code) => {
    const prepared = prepare(reportMessage(good('1')), reportMessage(bad), reportMessage(good('3')))
    expect(prepared).toMatchObject({
      outcomes: [{ state: 'not-taken' }, { state: 'refused', code }, { state: 'not-taken', retryAfterMs: 0 }],
    })
  })

  it.each(['{', 'null', '7', '"', '{"typeOfTax":"council-tax","existingEntries":7}', '{"colour":"red"}'])(
    'refuses a message with the body %s',
    (body) => {
      const { envelope } = reportMessage(good('1'))
      const prepared = prepare({ envelope, body: new TextEncoder().encode(body) })
      expect(prepared).toMatchObject({ outcomes: [{ state: 'refused' }] })
    },
  )

  it('refuses a message in which a text is none', () => {
    const { envelope, body } = reportMessage(good('1'))
    const report = { ...JSON.parse(new TextDecoder().decode(body)), remarks: 7 }
    const prepared = prepare({ envelope, body: new TextEncoder().encode(JSON.stringify(report)) })
    expect(prepared).toMatchObject({ outcomes: [{ state: 'refused', code: 'PRV_VALUEBILL_MESSAGE' }] })
  })

  it('refuses a message of another type', () => {
    const { envelope, body } = reportMessage(good('1'))
    const prepared = prepare({ envelope: { ...envelope, type: 'valuation.report.refused' }, body })
    expect(prepared).toMatchObject({ outcomes: [{ state: 'refused', code: 'PRV_VALUEBILL_MESSAGE' }] })
  })
})
