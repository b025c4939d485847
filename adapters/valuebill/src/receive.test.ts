import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiveReports } from './receive.ts'
import { openService, type Service } from './service.ts'
import { documentOf } from './testing/read-records.ts'

let service: Service
beforeAll(async () => {
  service = await openService()
})
afterAll(() => service[Symbol.dispose]())

const digest = 'ab'.repeat(32)
const options = {
  contentType: 'application/xml',
  documentId: digest,
  documentName: 'march.xml',
  signal: new AbortController().signal,
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  const all = new TextEncoder().encode(text)
  for (let at = 0; at < all.length; at += 1000) yield all.subarray(at, at + 1000)
}
const receive = () => receiveReports(service, '9999')
const check = (text: string) => receive().check(bytes(text), options)
const records = (text: string, more: object = {}) =>
  Array.fromAsync(receive().records(bytes(text), { ...options, ...more }))

const report = (number: string, changes: { code?: string; identity?: string; rest?: string } = {}) => {
  const { code = 'CR03', rest = '<Remarks>NEW HOUSE</Remarks>' } = changes
  const { identity = '<bs7666:UniquePropertyReferenceNumber>000099990007</bs7666:UniquePropertyReferenceNumber>' } =
    changes
  return `<DateSent>2026-03-02</DateSent><TransactionIdentityBA>TRANS${number}</TransactionIdentityBA><BAidentityNumber>9999</BAidentityNumber><BAreportNumber>${number}</BAreportNumber><TypeOfTax><CtaxReasonForReport><ReasonForReportCode>${code}</ReasonForReportCode></CtaxReasonForReport></TypeOfTax><ProposedEntries><AssessmentProperties><PropertyIdentity>${identity}<TextAddress><AddressLine>7 QUAY LANE</AddressLine><AddressLine>SALLOWMERE</AddressLine></TextAddress><BAreference>REF7</BAreference></PropertyIdentity></AssessmentProperties></ProposedEntries><IndicatedDateOfChange>2026-02-01</IndicatedDateOfChange>${rest}`
}

describe('a good file', () => {
  it('is not refused, whatever its trailer counts', async () => {
    const text = documentOf(report('1'), report('2')).replace('<RecordCount>2<', '<RecordCount>61<')
    expect(await check(text)).toBeNull()
  })

  it('becomes one message per report, with an id, a key and the property', async () => {
    const [first, second] = await records(documentOf(report('1'), report('2', { identity: '' })))
    expect(first).toMatchObject({
      index: 0,
      message: {
        type: 'valuation.report.proposed',
        idSeed: `${digest}-00000000`,
        key: '99990007',
        attributes: { uprn: '99990007', subject: '99990007', lgsl: '57' },
        contentType: 'application/json',
      },
    })
    expect(second).toMatchObject({ index: 1, message: { idSeed: `${digest}-00000001`, key: '9999/REF7' } })
    expect(second).not.toHaveProperty('message.attributes.uprn')
  })

  it('goes on at any report as if it had never stopped', async () => {
    const text = documentOf(report('1'), report('2', { code: 'CR08' }), report('3'), report('4'))
    const whole = await records(text)
    expect(await records(text, { fromIndex: 2 })).toEqual(whole.slice(2))
    expect(await records(text, { fromIndex: 4 })).toEqual([])
  })

  it('says what it was: name, place, header, schema', async () => {
    const [received] = await records(documentOf(report('1')))
    if (received === undefined || !('message' in received)) throw new Error('no message')
    expect(JSON.parse(new TextDecoder().decode(received.message.body))).toMatchObject({
      submission: {
        fileName: 'march.xml',
        digest,
        index: 0,
        billingAuthority: 'Borough of Sallowmere',
        billingAuthorityIdentityCode: '9999',
        processDate: '2026-03-02',
        entryDateTime: '2026-03-02T10:00:00',
        schemaId: 'BAtoVOA',
        schemaVersion: '4-0',
      },
    })
  })

  it('keeps what arrived, and says what is corrected in the copy that is sent', async () => {
    const [received] = await records(documentOf(report('1', { code: 'CR01', rest: '<Remarks> GONE\n</Remarks>' })))
    if (received === undefined || !('message' in received)) throw new Error('no message')
    const canonical = JSON.parse(new TextDecoder().decode(received.message.body))
    expect(canonical).toMatchObject({
      proposedEntries: { assessmentProperties: [{ propertyIdentity: { uprn: '000099990007' } }] },
      remarks: ' GONE\n',
      corrections: [
        { rule: 'proposed-entries-are-existing', path: 'proposedEntries' },
        { rule: 'remarks-white-space', path: 'remarks', before: ' GONE\n', after: 'GONE' },
      ],
    })
    expect(canonical).not.toHaveProperty('existingEntries')
  })

  it('reads &nbsp; as a space', async () => {
    const rest = '<Remarks>NEW&nbsp;HOUSE</Remarks>'
    const [received] = await records(documentOf(report('1', { rest })))
    if (received === undefined || !('message' in received)) throw new Error('no message')
    expect(JSON.parse(new TextDecoder().decode(received.message.body))).toMatchObject({ remarks: 'NEW HOUSE' })
  })
})

describe('a bad report', () => {
  it('is refused with its identity and all its problems, and the others go on', async () => {
    const found = await records(
      documentOf(report('1'), report('2', { code: 'CR08', rest: '<Remarks>X</Remarks>' }), report('3')),
    )
    expect(
      found.map((item) => ('message' in item ? 'message' : item.refused.problems.map(({ code }) => code))),
    ).toEqual(['message', ['1006', 'RemarksValidationNotEmpty'], 'message'])
    expect(found[1]).toMatchObject({
      index: 1,
      refused: { identity: { baReportNumber: '2', transactionIdentityBA: 'TRANS2', baReference: 'REF7' } },
    })
  })

  it('does not hide or hurt its neighbours, though the schema looks at several at once', async () => {
    const bad = (number: string) => report(number).replace('2026-03-02', 'soon')
    const all = Array.from({ length: 40 }, (_, index) => (index % 3 === 1 ? bad : report)(String(index)))
    const found = await Array.fromAsync(
      receive().records(new Blob([documentOf(...all)]).stream() as AsyncIterable<Uint8Array>, options),
    )
    expect(found.map((item) => 'refused' in item)).toEqual(all.map((_, index) => index % 3 === 1))
    expect(found.map((item) => item.index)).toEqual(all.map((_, index) => index))
  })

  it('is shown where it stands in the file, with the raw report', async () => {
    const text = documentOf(report('1'), report('2').replace('2026-03-02', 'soon'))
    const [, refused] = await records(text)
    expect(refused).toMatchObject({
      refused: {
        problems: [{ code: '2000', path: '/BAreports/BApropertyReport[2]/DateSent', line: 4, value: 'soon' }],
        rawReport: expect.stringContaining('<DateSent>soon</DateSent>'),
      },
    })
  })
})

describe('a bad file is refused as a whole', () => {
  const good = documentOf(report('1'))

  it.each([
    [
      'of another authority',
      good.replace('>9999<', '>0835<'),
      '1010',
      '/BAreports/BAreportHeader/BillingAuthorityIdentityCode',
    ],
    [
      'without a code',
      good.replace('>9999<', '>0000<'),
      '1012',
      '/BAreports/BAreportHeader/BillingAuthorityIdentityCode',
    ],
    [
      'without the element for the code',
      good.replace(/<BillingAuthorityIdentityCode>.*Code>/, ''),
      '1012',
      '/BAreports/BAreportHeader',
    ],
    ['without a header', good.replace(/<BAreportHeader>.*Header>/, ''), '2000', '/BAreports'],
    ['with two headers', good.replace(/<BAreportHeader>.*Header>/, '$&$&'), '2000', '/BAreports/BAreportHeader[2]'],
    ['without a report', documentOf(), '2000', '/BAreports'],
    ['without a trailer', good.replace(/<BAreportTrailer>.*Trailer>/, ''), '2000', '/BAreports'],
    ['with two trailers', good.replace(/<BAreportTrailer>.*Trailer>/, '$&$&'), '2000', '/BAreports/BAreportTrailer[2]'],
    [
      'that is not well formed',
      good.replace('</BAreportTrailer>', ''),
      'PRV_FORMATS_NOT_WELL_FORMED',
      '/BAreports/BAreportTrailer',
    ],
    ['that was cut off', good.slice(0, -20), 'PRV_FORMATS_NOT_WELL_FORMED', '/BAreports/BAreportTrailer'],
    ['with a DOCTYPE', `<!DOCTYPE BAreports>${good}`, 'PRV_FORMATS_DOCTYPE', ''],
    ['of another kind', '<note/>', 'PRV_FORMATS_STRUCTURE', '/note'],
    [
      'with its header at the end',
      good.replace(/(<BAreportHeader>.*Header>)([\s\S]*)(<BAreportTrailer>)/, '$2$1$3'),
      'PRV_FORMATS_STRUCTURE',
      '/BAreports/BAreportHeader',
    ],
  ])('%s', async (_, text, code, path) => {
    expect(await check(text)).toMatchObject({ problems: [{ code, path, line: expect.any(Number) }] })
  })

  it('and says whose it is', async () => {
    const refusal = await check(good.replace('>9999<', '>0835<'))
    expect(refusal?.identity).toEqual({
      billingAuthority: 'Borough of Sallowmere',
      billingAuthorityIdentityCode: '0835',
    })
  })
})
