import { isPortreeveError } from '@portreeve/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxEnvelopeBytes } from './attributes.ts'
import type { Envelope } from './envelope.ts'
import { fromHeaders } from './from-headers.ts'
import { type EnvelopeHeader, toHeaders } from './to-headers.ts'

const smallest: Envelope = {
  id: 'f00d-00000001',
  source: '/x99999999/revenues',
  type: 'valuation.report.proposed',
  time: '2026-03-01T09:30:00.123Z',
  dataContentType: 'application/json',
  reference: '9R3R-L632',
  correlationId: 'f00d',
  authority: 'X99999999',
  channel: 'file',
}

const fullest: Envelope = {
  ...smallest,
  subject: '100023336',
  dataSchema: 'https://portreeve.example/schemas/canonical/billing-authority-report/1',
  causationId: 'f00d',
  uprn: '100023336',
  customer: 'Siân Ó Néill 🏠',
  lgsl: '57',
  lgil: '17',
  egms: { creator: 'Borough of Nowhere', title: 'Report', subjectCategory: 'Local Taxes' },
  traceParent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  traceState: 'a=1,b=2',
  origin: 'voa',
  configuration: '0123456789ab',
  replayOf: 'f00d',
  replayTo: 'reports-to-voa.voa',
  replayAgain: 'yes',
  history: ['inbox@2026-03-01T09:29:59Z', 'split.valuation@2026-03-01T09:30:00Z'],
}

function refusalOf(work: () => unknown): { code: string; details: unknown } | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (!isPortreeveError(error)) throw error
    return { code: error.code, details: error.details }
  }
}

function without(name: string, envelope: Envelope = smallest): EnvelopeHeader[] {
  return toHeaders(envelope).filter(([header]) => header !== name)
}

const withHeader = (name: string, value: Uint8Array | string): EnvelopeHeader[] => [
  ...without(name),
  [name, Buffer.from(value)],
]

describe('an envelope written into headers', () => {
  it('is read back as it was, the smallest and the fullest', () => {
    expect(fromHeaders(toHeaders(smallest))).toEqual(smallest)
    expect(fromHeaders(toHeaders(fullest))).toEqual(fullest)
  })

  it('is read back whatever texts it holds', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((value) => !/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(value))
    const some = fc.record({ id: text, reference: text, correlationId: text, dataContentType: text })
    const more = fc.record({ subject: text, customer: text, origin: text, traceState: text }, { requiredKeys: [] })
    const egms = fc.option(fc.record({ creator: text, title: text, subjectCategory: text }), { nil: undefined })
    const steps = fc.array(
      text.map((step) => step.replaceAll(',', '.')),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(some, more, egms, steps, (required, optional, metadata, history) => {
        const envelope = { ...smallest, ...required, ...optional, ...(metadata && { egms: metadata }), history }
        expect(fromHeaders(toHeaders(envelope))).toEqual(envelope)
      }),
    )
  })

  it('has the names of CloudEvents in Kafka binary mode', () => {
    const texts = Object.fromEntries(toHeaders(fullest).map(([name, value]) => [name, Buffer.from(value).toString()]))
    expect(texts).toEqual({
      ce_specversion: '1.0',
      ce_id: fullest.id,
      ce_source: fullest.source,
      ce_type: fullest.type,
      ce_time: fullest.time,
      'content-type': 'application/json',
      ce_prvreference: fullest.reference,
      ce_correlationid: 'f00d',
      ce_authority: 'X99999999',
      ce_channel: 'file',
      ce_subject: '100023336',
      ce_dataschema: fullest.dataSchema,
      ce_causationid: 'f00d',
      ce_uprn: '100023336',
      ce_customer: 'Siân Ó Néill 🏠',
      ce_lgsl: '57',
      ce_lgil: '17',
      ce_egmscreator: 'Borough of Nowhere',
      ce_egmstitle: 'Report',
      ce_egmssubject: 'Local Taxes',
      ce_traceparent: fullest.traceParent,
      ce_tracestate: 'a=1,b=2',
      ce_origin: 'voa',
      ce_configversion: '0123456789ab',
      ce_replayof: 'f00d',
      ce_replayto: 'reports-to-voa.voa',
      ce_replayagain: 'yes',
      ce_history: 'inbox@2026-03-01T09:29:59Z,split.valuation@2026-03-01T09:30:00Z',
    })
    for (const name of Object.keys(texts)) expect(name).toMatch(/^(ce_[a-z0-9]+|content-type)$/)
  })

  it.each([
    ['id', { id: '' }, 'PRV_ENVELOPE_MISSING'],
    ['customer', { customer: '' }, 'PRV_ENVELOPE_MISSING'],
    ['uprn', { uprn: '' }, 'PRV_ENVELOPE_MISSING'],
    ['uprn', { uprn: '0100' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['source', { source: '/two words' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['type', { type: 'Report' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['time', { time: '2026-03-01T09:30:00+01:00' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['time', { time: '2026-03-01' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['authority', { authority: 'Nowhere' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['channel', { channel: 'Web form' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['lgsl', { lgsl: 'CT' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['traceParent', { traceParent: '00-1' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['subject', { subject: 'two\nlines' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['subject', { subject: '\ud800' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['subject', { subject: 'a\ufdd0' }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['history', { history: ['a,b@2026-03-01T09:30:00Z'] }, 'PRV_ENVELOPE_ATTRIBUTE'],
    ['egms.title', { egms: { creator: 'c', title: '', subjectCategory: 's' } }, 'PRV_ENVELOPE_MISSING'],
  ])('is refused with a wrong %s: %j', (attribute, wrong, code) => {
    expect(refusalOf(() => toHeaders({ ...smallest, ...wrong }))).toMatchObject({ code, details: { attribute } })
  })

  it('is refused when it is larger than what it may be, and not one byte before', () => {
    const size = (headers: readonly EnvelopeHeader[]) => headers.reduce((sum, [n, v]) => sum + n.length + v.length, 0)
    const rest = maxEnvelopeBytes - size(toHeaders({ ...smallest, subject: 'x' })) + 1
    expect(size(toHeaders({ ...smallest, subject: 'x'.repeat(rest) }))).toBe(maxEnvelopeBytes)
    expect(refusalOf(() => toHeaders({ ...smallest, subject: 'x'.repeat(rest + 1) }))).toEqual({
      code: 'PRV_ENVELOPE_TOO_LARGE',
      details: { bytes: maxEnvelopeBytes + 1, maxBytes: maxEnvelopeBytes },
    })
  })
})

describe('headers read as an envelope', () => {
  it('may come in any order, with headers and extensions of others, which are kept out', () => {
    const others: EnvelopeHeader[] = [
      ['ce_sequence', Buffer.from([0xff])],
      ['x-vendor', Buffer.from('1')],
      ['x-vendor', Buffer.from('2')],
      ['big', Buffer.alloc(maxEnvelopeBytes)],
    ]
    expect(fromHeaders([...others, ...toHeaders(fullest).reverse()])).toEqual(fullest)
  })

  it('are refused without any one of the required ones', () => {
    for (const [header] of toHeaders(smallest)) {
      expect(refusalOf(() => fromHeaders(without(header)))?.code, header).toBe('PRV_ENVELOPE_MISSING')
    }
  })

  it('are refused when only some of the e-GMS ones are there', () => {
    for (const header of ['ce_egmscreator', 'ce_egmstitle', 'ce_egmssubject']) {
      expect(refusalOf(() => fromHeaders(without(header, fullest)))?.code, header).toBe('PRV_ENVELOPE_MISSING')
    }
  })

  it.each([
    ['another CloudEvents version', withHeader('ce_specversion', '0.3'), 'PRV_ENVELOPE_SPECVERSION'],
    ['bytes that are not UTF-8', withHeader('ce_id', new Uint8Array([0x61, 0xff])), 'PRV_ENVELOPE_NOT_TEXT'],
    ['UTF-8 of a surrogate', withHeader('ce_id', new Uint8Array([0xed, 0xa0, 0x80])), 'PRV_ENVELOPE_NOT_TEXT'],
    [
      'the media type of a whole CloudEvent',
      withHeader('content-type', 'application/CloudEvents+json; charset=UTF-8'),
      'PRV_ENVELOPE_STRUCTURED',
    ],
    ['an empty id', withHeader('ce_id', ''), 'PRV_ENVELOPE_MISSING'],
    ['a UPRN with letters', withHeader('ce_uprn', 'ten'), 'PRV_ENVELOPE_ATTRIBUTE'],
    ['an empty step in its history', withHeader('ce_history', 'a@b,,c@d'), 'PRV_ENVELOPE_MISSING'],
    ['a NUL', withHeader('ce_subject', 'a\0b'), 'PRV_ENVELOPE_ATTRIBUTE'],
    ['a header twice', [...toHeaders(smallest), ...toHeaders(smallest).slice(-1)], 'PRV_ENVELOPE_DUPLICATE'],
    ['too many bytes', withHeader('ce_subject', 'x'.repeat(maxEnvelopeBytes)), 'PRV_ENVELOPE_TOO_LARGE'],
  ])('are refused with %s', (_what, headers, code) => {
    expect(refusalOf(() => fromHeaders(headers))?.code).toBe(code)
  })

  it('keep a byte order mark, which is part of what was sent', () => {
    expect(fromHeaders(withHeader('ce_id', '\ufeffid')).id).toBe('\ufeffid')
  })
})
