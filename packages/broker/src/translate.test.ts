import type { Message } from '@portreeve/envelope'
import { describe, expect, it } from 'vitest'
import { inAcceptedForm } from './translate.ts'

const split = { fileName: 'march & april.xml', digest: '0'.repeat(64), reports: 3, refused: 1 }
const message: Message = {
  envelope: {
    id: '1',
    source: '/x99000001/split',
    type: 'valuation.submission.split',
    time: '2026-01-31T09:00:00Z',
    dataContentType: 'application/json',
    reference: '9R3R-L632',
    correlationId: '1',
    authority: 'X99000001',
    channel: 'file',
  },
  body: new TextEncoder().encode(JSON.stringify(split)),
}

describe('a canonical message', () => {
  it('reaches a receiver that declares XML as XML', () => {
    const { envelope, body } = inAcceptedForm(message, { acceptsContentType: 'application/xml' })
    const text = new TextDecoder().decode(body)
    expect(envelope.dataContentType).toBe('application/xml')
    expect(text).toContain('>march &amp; april.xml</')
    expect(text).toContain('>3</')
  })

  it('reaches a receiver that declares nothing as it is', () => {
    expect(inAcceptedForm(message, {})).toBe(message)
  })
})
