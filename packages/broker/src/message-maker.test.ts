import { expect, it } from 'vitest'
import { jsonBody, MessageMaker } from './message-maker.ts'

const maker = new MessageMaker(
  { code: 'X99000001', name: 'Borough of Sallowmere' },
  () => new Date('2026-03-01T00:00:00Z'),
)
const received = {
  type: 'valuation.submission.received',
  idSeed: 'abc',
  key: 'abc',
  attributes: { channel: 'file' },
  ...jsonBody({}),
}
const first = maker.first(received, 'revenues', '9R3R-L632').envelope

it('begins a transaction with all that an envelope is to say', () => {
  expect(first).toEqual({
    id: 'abc',
    source: '/x99000001/revenues',
    type: 'valuation.submission.received',
    time: '2026-03-01T00:00:00.000Z',
    dataContentType: 'application/json',
    dataSchema: expect.stringContaining('submission-received'),
    reference: '9R3R-L632',
    correlationId: 'abc',
    authority: 'X99000001',
    channel: 'file',
    egms: {
      creator: 'Borough of Sallowmere',
      title: 'A file of billing authority reports was taken.',
      subjectCategory: 'Local Taxes',
    },
    traceParent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
    history: ['revenues@2026-03-01T00:00:00.000Z'],
  })
})

it('carries transaction, trace and history on to what follows', () => {
  const emitted = {
    type: 'valuation.report.proposed',
    idSeed: 'abc-0',
    key: 'k',
    attributes: { uprn: '7' },
    ...jsonBody({}),
  }
  const { envelope } = maker.child(first, emitted, 'split', 'M324-XH36')
  expect(envelope).toMatchObject({
    id: 'abc-0',
    reference: 'M324-XH36',
    correlationId: 'abc',
    causationId: 'abc',
    channel: 'file',
    uprn: '7',
    traceParent: first.traceParent,
    egms: { creator: 'Borough of Sallowmere', subjectCategory: 'Local Taxes' },
    history: [...(first.history ?? []), 'split@2026-03-01T00:00:00.000Z'],
  })
  expect(envelope.egms?.title).not.toBe(first.egms?.title)
})

it('begins a trace of its own for every transaction', () => {
  expect(maker.first(received, 'revenues', '9R3R-L632').envelope.traceParent).not.toBe(first.traceParent)
})

it('says under which version of the configuration a message was made, whatever its parent was made under', () => {
  const authority = { code: 'X99000001', name: 'Borough of Sallowmere' }
  const versioned = new MessageMaker(authority, () => new Date(), '0123456789ab')
  const parent = versioned.first(received, 'revenues', '9R3R-L632').envelope
  expect(parent.configuration).toBe('0123456789ab')
  versioned.takeOver({ authority: { ...authority, name: 'Sallowmere' }, record: { version: 'ba9876543210' } })
  const child = versioned.child(parent, { ...received, idSeed: 'abc-1' }, 'split').envelope
  expect(child).toMatchObject({ configuration: 'ba9876543210', egms: { creator: 'Sallowmere' } })
})
