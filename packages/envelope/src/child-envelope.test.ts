import { describe, expect, it } from 'vitest'
import { childEnvelope } from './child-envelope.ts'
import type { Envelope } from './envelope.ts'
import { fromHeaders } from './from-headers.ts'
import { maxSteps } from './message-history.ts'
import { neverEchoes } from './never-echoes.ts'
import { toHeaders } from './to-headers.ts'

const first: Envelope = {
  id: 'f00d',
  source: '/x99999999/revenues',
  type: 'valuation.submission.received',
  time: '2026-03-01T09:30:00Z',
  subject: 'reports.xml',
  dataContentType: 'application/json',
  dataSchema: 'https://portreeve.example/schemas/canonical/submission-received/1',
  reference: '9R3R-L632',
  correlationId: 'f00d',
  authority: 'X99999999',
  channel: 'file',
  traceParent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  origin: 'revenues',
}

const next = {
  id: 'f00d-00000000',
  source: '/x99999999/split.valuation',
  type: 'valuation.report.proposed',
  time: '2026-03-01T09:30:01Z',
  dataContentType: 'application/xml',
  step: 'split.valuation',
}

describe('the envelope of a message that follows from another', () => {
  it('belongs to the same transaction, names its cause, and has one step more behind it', () => {
    expect(childEnvelope(first, { ...next, uprn: '100023336' })).toEqual({
      id: 'f00d-00000000',
      source: '/x99999999/split.valuation',
      type: 'valuation.report.proposed',
      time: '2026-03-01T09:30:01Z',
      dataContentType: 'application/xml',
      reference: '9R3R-L632',
      correlationId: 'f00d',
      causationId: 'f00d',
      authority: 'X99999999',
      channel: 'file',
      uprn: '100023336',
      traceParent: first.traceParent,
      origin: 'revenues',
      history: ['split.valuation@2026-03-01T09:30:01Z'],
    })
  })

  it('keeps the first of the transaction over generations', () => {
    const grandchild = childEnvelope(childEnvelope(first, next), { ...next, id: 'third', step: 'batch' })
    expect(grandchild).toMatchObject({ correlationId: 'f00d', causationId: 'f00d-00000000' })
    expect(grandchild.history).toEqual(['split.valuation@2026-03-01T09:30:01Z', 'batch@2026-03-01T09:30:01Z'])
    expect(fromHeaders(toHeaders(grandchild))).toEqual(grandchild)
  })

  it('is no replay because its parent was one, and says itself what it was made under', () => {
    const replay = {
      configuration: '0123456789ab',
      replayOf: 'f00d',
      replayTo: 'to-voa.voa',
      replayAgain: 'yes',
    } as const
    expect(childEnvelope({ ...first, ...replay }, next)).toEqual(childEnvelope(first, next))
    expect(childEnvelope(first, { ...next, ...replay })).toMatchObject(replay)
  })

  it('is refused when the message has passed so many steps that it must be going in a circle', () => {
    let envelope = first
    for (let step = 0; step < maxSteps; step++) envelope = childEnvelope(envelope, next)
    expect(() => childEnvelope(envelope, next)).toThrow(`has passed ${maxSteps} steps already`)
  })
})

describe('an update', () => {
  it('never goes back to where it came from, and everywhere else', () => {
    expect(neverEchoes(first, 'revenues')).toBe(false)
    expect(neverEchoes(first, 'voa')).toBe(true)
    expect(neverEchoes({}, 'revenues')).toBe(true)
  })
})
