import { expect, it } from 'vitest'
import { jsonBody } from '../message-maker.ts'
import { answerTrace } from './answer-trace.ts'

const answers = 'customer.address-update.answered'
const process = {
  name: 'tell-us-once',
  startsWith: 'customer.address.changed',
  requests: 'customer.address-update.requested',
  answers,
  quality: null,
  systems: [],
  acknowledgement: null,
  alert: null,
  holidays: [],
  place: { file: 'processes/tell-us-once.yaml', line: 1, column: 1 },
}
const traceParent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const envelope = JSON.stringify({ id: 'T1', traceParent })
const store = {
  get: (name: string, id: string) => (name === process.name && id === 'T1' ? JSON.stringify({ envelope }) : null),
}
const traceOf = answerTrace({ processes: [process] }, store)
const answer = (body: unknown, type = answers) => traceOf({ type, idSeed: 'a', key: 'a', ...jsonBody(body) })

it('finds the trace of the transaction that an answer belongs to', () => {
  expect(answer({ requestId: 'T1.tell-us-once.crm.1' })).toBe(traceParent)
})

it.each([
  ['another transaction', { requestId: 'T2.tell-us-once.crm.1' }],
  ['another process', { requestId: 'T1.another.crm.1' }],
  ['no request of ours', { requestId: 'CASE-7' }],
  ['no request', {}],
  ['a request that is no text', { requestId: 7 }],
  ['nothing', null],
])('finds none for %s', (_what, body) => {
  expect(answer(body)).toBeUndefined()
})

it('looks at answers alone, and not into what is no JSON', () => {
  expect(answer({ requestId: 'T1.tell-us-once.crm.1' }, 'valuation.submission.received')).toBeUndefined()
  const body = new TextEncoder().encode('T1.tell-us-once.crm.1')
  expect(traceOf({ type: answers, idSeed: 'a', key: 'a', contentType: 'text/plain', body })).toBeUndefined()
})
