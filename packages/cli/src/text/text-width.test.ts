import { expect, it } from 'vitest'
import { textWidth } from './text-width.ts'

it('of a terminal is its own between 40 and 100, and that of usual ones where it reports none', () => {
  expect([20, 72, 300, 0].map((columns) => textWidth({ columns }))).toEqual([40, 72, 100, 80])
})
