import { describe, expect, it } from 'vitest'
import { afterWorkingDays, ukDay } from './working-days.ts'

describe('working days', () => {
  it.each([
    ['over a weekend', '2026-11-20T12:00:00Z', 1, '2026-11-24T00:00:00.000Z'],
    ['from a Saturday', '2026-11-21T12:00:00Z', 1, '2026-11-24T00:00:00.000Z'],
    ['over Christmas', '2026-12-24T12:00:00Z', 1, '2026-12-30T00:00:00.000Z'],
    ['into summer time: midnight is 23:00 UTC', '2026-03-27T12:00:00Z', 1, '2026-03-30T23:00:00.000Z'],
    ['out of summer time', '2026-10-23T12:00:00Z', 1, '2026-10-27T00:00:00.000Z'],
  ])('are whole days, counted from the next one: %s', (_case, from, days, until) => {
    expect(afterWorkingDays(new Date(from), days, ['2026-12-25', '2026-12-28']).toISOString()).toBe(until)
  })

  it('begin at midnight in the United Kingdom', () => {
    expect(ukDay(new Date('2026-06-30T23:30:00Z'))).toBe('2026-07-01')
    expect(ukDay(new Date('2026-12-31T23:30:00Z'))).toBe('2026-12-31')
  })
})
