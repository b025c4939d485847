import { expect, it } from 'vitest'
import { pairSentence } from './pair-sentence.ts'

const pair = { receiver: 'voa', code: null, reason: null, proof: null }

it('says of a message that tells of a refusal who knows of it', () => {
  const sentence = pairSentence({ ...pair, receiver: 'revenues', state: 'delivered' }, { isRefusal: true })
  expect(sentence).toBe('revenues was told that it is refused.')
})

it.each([
  ['Waits for voa; it goes with one of the next batches.', { state: 'waiting' }],
  [
    'Waits for voa; the last try did not get through (PRV_DOWN: no answer), it is tried again.',
    { state: 'waiting', code: 'PRV_DOWN', reason: 'no answer' },
  ],
  ['voa has it; nothing more is to be done.', { state: 'delivered' }],
  ['voa has it, under VOA-1; nothing more is to be done.', { state: 'delivered', proof: 'VOA-1' }],
  ['voa has it; nothing more is to be done.', { state: 'delivered', proof: 'written' }],
  [
    'voa had it already, under VOA-1; it was not sent there again.',
    { state: 'delivered', proof: 'VOA-1', code: 'PRV_BROKER_REPLAY_DELIVERED_BEFORE' },
  ],
  [
    'voa refused it (BA12); the same again would be refused again, so it must be put right at its source.',
    { state: 'refused', code: 'BA12' },
  ],
  [
    'It was sent to voa, which has not said whether it took it; it is asked before anything is sent again.',
    { state: 'unknown' },
  ],
  [
    'Held back from voa (BA3: no such code); a person must decide.',
    { state: 'parked', code: 'BA3', reason: 'no such code' },
  ],
  ['Not meant for voa; nothing is to be done.', { state: 'not-concerned' }],
] as const)('says: %s', (sentence, facts) => {
  expect(pairSentence({ ...pair, ...facts })).toBe(sentence)
})
