import { describe, expect, it } from 'vitest'
import { openLedger, type PairState, pairStates, type SearchQuery } from './index.ts'
import { messageState } from './message-state.ts'
import { delivery, events, message, reportTopic, submissionTopic, voa } from './testing/sample-records.ts'

const digest = 'd'.repeat(64)
const crm = 'outgoing.crm'

/** A file with three reports, and one message by itself. */
function sample() {
  const ledger = openLedger({ path: ':memory:', receiversOf: (type) => (type === reportTopic ? [crm, voa] : []) })
  const file = { fileName: 'lists.xml', digest, sizeBytes: 10, inbox: 'x' }
  ledger.apply(submissionTopic, 0, [message(0, digest, { type: submissionTopic }, file)], 1)
  const child = { correlationId: digest, causationId: digest }
  ledger.apply(
    reportTopic,
    0,
    [
      message(0, 'a', { ...child, uprn: '1001', customer: 'C-1' }),
      message(1, 'b', { ...child, uprn: '1002' }),
      message(2, 'c', { ...child, uprn: '1001' }),
      message(3, 'alone', { uprn: '1003', reference: 'R-b' }),
    ],
    4,
  )
  return ledger
}

describe('search', () => {
  it.each<[string, SearchQuery, string[]]>([
    ['everything, the newest first', {}, ['alone', 'c', 'b', 'a', digest]],
    ['by reference', { reference: 'R-a' }, ['a']],
    ['by a reference that two messages have', { reference: 'R-b' }, ['alone', 'b']],
    ['by message id', { messageId: 'c' }, ['c']],
    ['by UPRN', { uprn: '1001' }, ['c', 'a']],
    ['by customer', { customer: 'C-1' }, ['a']],
    ['by correlation id', { correlationId: digest }, ['c', 'b', 'a', digest]],
    ['by the name of the file', { file: 'lists.xml' }, ['c', 'b', 'a', digest]],
    ['by the digest of the file', { file: digest }, ['c', 'b', 'a', digest]],
    ['by type', { type: submissionTopic }, [digest]],
    ['by receiver', { receiver: voa }, ['alone', 'c', 'b', 'a']],
    ['by several together', { uprn: '1001', reference: 'R-c' }, ['c']],
    ['nothing when one does not fit', { uprn: '1001', reference: 'R-b' }, []],
    ['nothing that only looks like it', { reference: "R-a' OR '1'='1" }, []],
  ])('finds %s', (_title, query, ids) => {
    using ledger = sample()
    expect(ledger.search(query).messages.map(({ id }) => id)).toEqual(ids)
  })

  it('tells of every message of a file which file it came with', () => {
    using ledger = sample()
    for (const found of ledger.search({ file: digest }).messages)
      expect(found.file).toEqual({ name: 'lists.xml', digest })
    expect(ledger.search({ messageId: 'alone' }).messages[0]?.file).toBeNull()
  })

  it('gives page after page without a gap or a repeat, while new messages come in', () => {
    using ledger = sample()
    const seen: string[] = []
    for (let after: number | null = Number.MAX_SAFE_INTEGER; after !== null; ) {
      const page = ledger.search({ after, limit: 2 })
      seen.push(...page.messages.map(({ id }) => id))
      after = page.next
      ledger.apply(reportTopic, 1, [message(seen.length, `late-${seen.length}`)], seen.length + 1)
    }
    expect(seen).toEqual(['alone', 'c', 'b', 'a', digest])
  })

  it('knows that a full page was the last', () => {
    using ledger = sample()
    expect(ledger.search({ limit: 5 }).next).toBeNull()
    expect(ledger.search({ limit: 4 }).next).not.toBeNull()
  })

  it('finds by state, of the message and at one receiver, for every pair of states', () => {
    using ledger = openLedger({ path: ':memory:', receiversOf: () => [crm, voa] })
    const pairs = pairStates.flatMap((first) => pairStates.map((second) => [first, second] as const))
    const idOf = (first: PairState, second: PairState) => `${first}/${second}`
    ledger.apply(
      reportTopic,
      0,
      pairs.map(([first, second], n) => message(n, idOf(first, second))),
      pairs.length,
    )
    const toCrm = Object.fromEntries(pairs.map(([first, second]) => [idOf(first, second), first]))
    const toVoa = Object.fromEntries(pairs.map(([first, second]) => [idOf(first, second), second]))
    ledger.apply(events, 0, [delivery(0, toCrm, { receiver: crm }), delivery(1, toVoa)], 2)
    const found = (query: SearchQuery) =>
      ledger
        .search({ ...query, limit: 100 })
        .messages.map(({ id }) => id)
        .sort()
    const expected = (holds: (first: PairState, second: PairState) => boolean) =>
      pairs
        .filter(([first, second]) => holds(first, second))
        .map(([first, second]) => idOf(first, second))
        .sort()
    for (const state of pairStates) {
      expect(found({ state })).toEqual(expected((first, second) => messageState([first, second]) === state))
      expect(found({ state, receiver: crm })).toEqual(expected((first) => first === state))
      expect(found({ state, receiver: voa })).toEqual(expected((_first, second) => second === state))
    }
  })

  it('finds what nobody is to be sent as recorded, and what a filter left out as not concerned', () => {
    using ledger = openLedger({ path: ':memory:', receiversOf: (type) => (type === reportTopic ? [voa] : []) })
    ledger.apply(reportTopic, 0, [message(0, 'left-out')], 1)
    ledger.apply('valuation.submission.split', 0, [message(0, 'taken', { type: 'valuation.submission.split' })], 1)
    ledger.apply(events, 0, [delivery(0, { 'left-out': 'not-concerned' })], 1)
    const found = (query: SearchQuery) => ledger.search(query).messages.map(({ id, state }) => [id, state])
    expect(found({ state: 'recorded' })).toEqual([['taken', 'recorded']])
    expect(found({ state: 'recorded', receiver: voa })).toEqual([])
    expect(found({ state: 'not-concerned' })).toEqual([['left-out', 'not-concerned']])
    expect(found({ state: 'not-concerned', receiver: voa })).toEqual([['left-out', 'not-concerned']])
  })

  it('finds what was refused here with what a receiver refused, each once, and when its news has arrived', () => {
    const refused = 'valuation.report.refused'
    const answers = 'answers.revenues'
    using ledger = openLedger({
      path: ':memory:',
      receiversOf: (type) => (type === reportTopic ? [voa] : type === refused ? [answers] : []),
    })
    const news = (offset: number, id: string, causationId: string) =>
      message(offset, id, { type: refused, causationId })
    ledger.apply(reportTopic, 0, [message(0, 'taken'), message(1, 'refused-by-voa')], 2)
    ledger.apply(
      refused,
      0,
      [news(0, 'here', 'file'), news(1, 'told', 'refused-by-voa'), news(2, 'under-way', 'file')],
      3,
    )
    ledger.apply(events, 0, [delivery(0, { taken: 'delivered', 'refused-by-voa': 'refused' })], 1)
    ledger.apply(events, 0, [delivery(1, { here: 'delivered', told: 'delivered' }, { receiver: answers })], 2)
    const found = (query: SearchQuery) => ledger.search(query).messages.map(({ id }) => id)
    expect(found({ state: 'refused' })).toEqual(['here', 'refused-by-voa'])
    expect(found({ state: 'refused', limit: 1 })).toEqual(['here'])
    expect(found({ state: 'refused', correlationId: 'here' })).toEqual(['here'])
    expect(found({ state: 'refused', receiver: voa })).toEqual(['refused-by-voa'])
    expect(found({ state: 'waiting' })).toEqual(['under-way'])
    expect(found({ state: 'delivered' })).toEqual(['taken'])
    expect(ledger.track({ messageId: 'here' })?.message.state).toBe('refused')
  })

  it('does not let a state from outside become part of the statement', () => {
    using ledger = sample()
    const query = JSON.parse(`{ "state": "x' OR '1'='1" }`)
    expect(() => ledger.search(query)).toThrow(TypeError)
  })
})
