import { expect, it } from 'vitest'
import { maxSteps, withStep } from './message-history.ts'

const time = '2026-03-01T00:00:00.000Z'

it('begins with the first step and adds each later one behind it', () => {
  const first = withStep(undefined, 'revenues', time)
  expect(first).toEqual([`revenues@${time}`])
  expect(withStep(first, 'split', time)).toEqual([`revenues@${time}`, `split@${time}`])
  expect(first).toHaveLength(1)
})

it('stops a message that goes in a circle', () => {
  const long = Array.from({ length: maxSteps - 1 }, (_, step) => `step ${step}@${time}`)
  const full = withStep(long, 'last', time)
  expect(() => withStep(full, 'one too many', time)).toThrow(expect.objectContaining({ code: 'PRV_ENVELOPE_LOOP' }))
})
