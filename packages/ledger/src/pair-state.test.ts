import { describe, expect, it } from 'vitest'
import { isPairState, type PairState, pairStates, transition } from './pair-state.ts'

/** Rows: from; columns as in `pairStates`: waiting, delivered, refused, unknown, parked, not-concerned, discarded. */
const table: Record<PairState, string> = {
  waiting: '= + + + + + +',
  delivered: '- = - - - - -',
  refused: '- + = - + - -',
  unknown: '+ + + = + - +',
  parked: '+ + + + = - +',
  'not-concerned': '- - - - - = -',
  discarded: '- - - - - - =',
}
const meaning: Record<string, string> = { '=': 'repeat', '+': 'change', '-': 'illegal' }

describe('states of a pair', () => {
  it.each(Object.entries(table))('lets what is %s become what it may, and nothing else', (from, row) => {
    if (!isPairState(from)) throw new TypeError(from)
    expect(pairStates.map((to) => transition(from, to))).toEqual(row.split(' ').map((sign) => meaning[sign]))
  })
})
