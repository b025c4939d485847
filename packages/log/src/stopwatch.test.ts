import { afterEach, describe, expect, it, vi } from 'vitest'
import { stopwatch } from './stopwatch.ts'

describe('a stopwatch', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('counts what a suspended machine has slept, and goes on when the clock is set back', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_000_000 })
    const passed = stopwatch()
    vi.advanceTimersByTime(40)
    expect(passed()).toBe(40)
    vi.setSystemTime(5_000_000)
    expect(passed()).toBe(4_000_000)
    vi.setSystemTime(10)
    expect(passed()).toBe(40)
  })
})
