import { describe, expect, it } from 'vitest'
import { openLedger } from './index.ts'
import { delivery, events, message, reportTopic, submissionTopic, voa } from './testing/sample-records.ts'

const digest = 'd'.repeat(64)
const splitTopic = 'valuation.submission.split'
const answers = 'answers.revenues'

function sample() {
  const ledger = openLedger({
    path: ':memory:',
    receiversOf: (type) => (type === reportTopic ? [voa] : type === splitTopic ? [answers] : []),
  })
  const first = { type: submissionTopic, reference: 'PR-1', time: '2026-03-01T09:29:00Z' }
  const child = { correlationId: digest, causationId: digest }
  const split = { ...child, type: splitTopic, reference: 'PR-1', time: '2026-03-01T09:28:59Z' }
  ledger.apply(splitTopic, 0, [message(0, `${digest}-split`, split)], 1)
  ledger.apply(reportTopic, 0, [message(0, 'a', child), message(1, 'b', child)], 2)
  ledger.apply(reportTopic, 0, [message(2, 'b2', { correlationId: digest, causationId: 'b' })], 3)
  ledger.apply(submissionTopic, 0, [message(0, digest, first, { fileName: 'lists.xml', digest })], 1)
  ledger.apply(events, 0, [delivery(0, { a: { state: 'delivered', proof: 'VOA-1' } })], 1)
  return ledger
}

describe('track', () => {
  it('gives from a reference the message that the transaction began with, and all that followed', () => {
    using ledger = sample()
    const track = ledger.track({ reference: 'PR-1' })
    expect(track).toMatchObject({
      message: { id: digest, file: { name: 'lists.xml' } },
      childrenInAll: 4,
    })
    expect(track?.children.map(({ id }) => id)).toEqual([`${digest}-split`, 'a', 'b', 'b2'])
    expect(track?.summary).toEqual([
      { type: reportTopic, receiver: voa, state: 'delivered', messages: 1 },
      { type: reportTopic, receiver: voa, state: 'waiting', messages: 2 },
      { type: splitTopic, receiver: answers, state: 'waiting', messages: 1 },
    ])
  })

  it('gives from a later message only what followed from itself', () => {
    using ledger = sample()
    const track = ledger.track({ reference: 'R-b' })
    expect(track).toMatchObject({ message: { id: 'b' }, children: [{ id: 'b2' }] })
    expect(ledger.track({ messageId: 'b2' })).toMatchObject({ children: [], childrenInAll: 0 })
  })

  it('tells one time line in plain words, oldest first', () => {
    using ledger = sample()
    // The clock went back a second after the file was taken.
    const lines = ledger.track({ reference: 'PR-1' })?.timeLine.map(({ at, sentence }) => [at.toISOString(), sentence])
    expect(lines).toContainEqual([
      '2026-03-01T09:29:00.000Z',
      'Accepted as valuation.submission.received from the file lists.xml.',
    ])
    expect(lines?.at(-1)).toEqual([
      '2026-03-01T09:31:00.000Z',
      'outgoing.voa has it, under VOA-1; nothing more is to be done.',
    ])
    const times = lines?.map(([at]) => at) ?? []
    expect(times).toEqual(times.toSorted())
  })

  it('cuts a long list of children, but says how many there are', () => {
    using ledger = sample()
    const more = Array.from({ length: 1000 }, (_, index) =>
      message(index + 3, `m${index}`, { correlationId: digest, causationId: digest }),
    )
    ledger.apply(reportTopic, 0, more, 1003)
    const track = ledger.track({ reference: 'PR-1' })
    expect(track?.children).toHaveLength(1000)
    expect(track?.childrenInAll).toBe(1004)
  })

  it('knows nothing of a reference that was never given', () => {
    using ledger = sample()
    expect(ledger.track({ reference: 'PR-2' })).toBeNull()
  })
})
