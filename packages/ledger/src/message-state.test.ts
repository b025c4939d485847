import { expect, it } from 'vitest'
import { type MessageState, messageState } from './message-state.ts'
import { pairStates } from './pair-state.ts'

/** Written by hand, most pressing first, so that the order in the code cannot be its own proof. */
const pressing: Record<MessageState, number> = {
  parked: 6,
  unknown: 5,
  waiting: 4,
  refused: 3,
  discarded: 2,
  delivered: 1,
  'not-concerned': 0,
  recorded: -1,
}
const combinations = Array.from({ length: 2 ** pairStates.length }, (_, bits) =>
  pairStates.filter((_state, index) => (bits & (1 << index)) !== 0),
)

it.each(combinations.map((states) => [states.join(' + ') || 'no receiver', states] as const))(
  'finds a message with %s where its most pressing receiver is',
  (_title, states) => {
    const expected = states.reduce<MessageState>(
      (a, b) => (pressing[a] >= pressing[b] ? a : b),
      states[0] ?? 'recorded',
    )
    expect(messageState(states)).toBe(expected)
    expect(messageState([...states, ...states].reverse())).toBe(expected)
  },
)

it('covers every combination of states', () => {
  expect(combinations).toHaveLength(128)
})
