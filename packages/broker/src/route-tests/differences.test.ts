import type { Message } from '@portreeve/envelope'
import { describe, expect, it } from 'vitest'
import { differences, type Outcome } from './differences.ts'

const message = (type: string, body: unknown) =>
  ({ envelope: { type }, body: new TextEncoder().encode(JSON.stringify(body)) }) as Message

const outcome: Outcome = {
  sent: new Map([
    ['voa', [message('valuation.report.proposed', { baReportNumber: '1', lines: ['a', 'b'], address: { saon: '2' } })]],
  ]),
  counts: [{ type: 'valuation.report.proposed', receiver: 'r.voa', state: 'delivered', messages: 1 }],
  transactions: [],
  problems: ['1007'],
}

it('says nothing of what is as expected, nor of what nothing is expected of', () => {
  const body = { baReportNumber: '1', lines: ['a', 'b'], address: {} }
  expect(differences({ sent: { voa: [{ type: 'valuation.report.proposed', body }] } }, outcome)).toEqual([])
  expect(differences({ sent: { voa: 1 } }, outcome)).toEqual([])
  expect(differences({ states: { 'r.voa': { delivered: 1 } }, problems: ['1007'] }, outcome)).toEqual([])
})

it.each([
  ['a number', { sent: { voa: 2 } }, 'voa was to be sent 2, and was sent 1: valuation.report.proposed.'],
  ['a message too few', { sent: { voa: [] } }, 'voa was to be sent 0, and was sent 1: valuation.report.proposed.'],
  ['a receiver that was sent nothing', { sent: { revenues: 1 } }, 'revenues was to be sent 1, and was sent 0.'],
  [
    'a type',
    { sent: { voa: [{ type: 'valuation.report.refused' }] } },
    'voa, message 1 was to be valuation.report.refused, and is valuation.report.proposed.',
  ],
  [
    'a field',
    { sent: { voa: [{ body: { address: { saon: 2 } } }] } },
    'voa, message 1, body.address.saon was to be 2, and is "2".',
  ],
  [
    'a field that is not there',
    { sent: { voa: [{ body: { uprn: '1' } }] } },
    'voa, message 1, body.uprn was to be "1", and is not there.',
  ],
  [
    'a list that is longer',
    { sent: { voa: [{ body: { lines: ['a'] } }] } },
    'voa, message 1, body.lines was to have 1 members, and has 2.',
  ],
  ['a state', { states: { 'r.voa': { parked: 1, delivered: 1 } } }, 'r.voa was to have 1 parked, and has 0.'],
  ['a state that is not expected', { states: { 'r.voa': {} } }, 'r.voa was to have 0 delivered, and has 1.'],
  ['a problem that was expected', { problems: ['1007', '1006'] }, 'No problem had the code 1006.'],
  ['a problem that was not', { problems: [] }, 'A problem had the code 1007, which was not expected.'],
])('names %s that differs', (_what, expected, sentence) => {
  expect(differences(expected, outcome)).toEqual([sentence])
})

describe('messages that pass by a receiver', () => {
  const passedBy = {
    type: 'valuation.report.proposed',
    receiver: 'r.voa',
    state: 'not-concerned',
    messages: 2,
  } as const
  const both = { ...outcome, counts: [...outcome.counts, passedBy] }

  it('are compared only where a case asks for them', () => {
    expect(differences({ states: { 'r.voa': { delivered: 1 } } }, both)).toEqual([])
    expect(differences({ states: { 'r.voa': { delivered: 1, 'not-concerned': 2 } } }, both)).toEqual([])
    expect(differences({ states: { 'r.voa': { delivered: 1, 'not-concerned': 1 } } }, both)).toEqual([
      'r.voa was to have 1 not-concerned, and has 2.',
    ])
    expect(differences({ states: { 'r.voa': { 'not-concerned': 1 } } }, outcome)).toEqual([
      'r.voa was to have 0 delivered, and has 1.',
      'r.voa was to have 1 not-concerned, and has 0.',
    ])
  })
})
