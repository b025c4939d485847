import { describe, expect, it } from 'vitest'
import { SlowStart } from './slow-start.ts'

/** Sends and answers as much as may go, so many times: how much it was each time. */
function rounds(slowStart: SlowStart, count: number): readonly number[] {
  return Array.from({ length: count }, () => {
    const underWay = slowStart.begin(1_000_000)
    underWay?.end(underWay.messages)
    return underWay?.messages ?? 0
  })
}

describe('a slow start', () => {
  it('limits nothing before the receiver was ever paused', () => {
    expect(rounds(new SlowStart(), 2)).toEqual([1_000_000, 1_000_000])
  })

  it('begins with one message after a pause, and doubles with each round of answers until there is no limit', () => {
    const slowStart = new SlowStart()
    slowStart.restart()
    expect(rounds(slowStart, 16)).toEqual([
      ...Array.from({ length: 14 }, (_, round) => 2 ** round),
      1_000_000,
      1_000_000,
    ])
  })

  it('takes one more with each round beyond half of what the receiver bore when it failed again', () => {
    const slowStart = new SlowStart()
    slowStart.restart()
    expect(rounds(slowStart, 5)).toEqual([1, 2, 4, 8, 16])
    slowStart.restart()
    expect(rounds(slowStart, 8)).toEqual([1, 2, 4, 8, 16, 17, 18, 19])
  })

  it('goes on from where the receiver failed, not from one, when a try at it fails', () => {
    const slowStart = new SlowStart()
    slowStart.restart()
    expect(rounds(slowStart, 5)).toEqual([1, 2, 4, 8, 16])
    for (let failed = 0; failed < 3; failed += 1) slowStart.restart()
    expect(rounds(slowStart, 6)).toEqual([1, 2, 4, 8, 16, 17])
  })

  it('grows by answers only: what was sent without one gives no room', () => {
    const slowStart = new SlowStart()
    slowStart.restart()
    const first = slowStart.begin(5)
    expect(first?.messages).toBe(1)
    first?.end(0)
    expect(slowStart.begin(5)?.messages).toBe(1)
  })

  it('counts what is under way over all partitions, also from before the pause, whose answers give no room', () => {
    const slowStart = new SlowStart()
    const before = slowStart.begin(3)
    slowStart.restart()
    expect(slowStart.begin(1)).toBeNull()
    before?.end(3)
    expect([slowStart.begin(3)?.messages, slowStart.begin(3)]).toEqual([1, null])
  })

  it('lets a batch that must not be cut up go whole: within the room, or when nothing else is under way', () => {
    const slowStart = new SlowStart()
    slowStart.restart()
    const first = slowStart.begin(1)
    expect(slowStart.begin(7, true)).toBeNull()
    first?.end(1)
    expect(slowStart.begin(7, true)?.messages).toBe(7)
  })

  it('tells those who wait of each end', async () => {
    const slowStart = new SlowStart()
    slowStart.restart()
    const first = slowStart.begin(1)
    let ends = 0
    const told = slowStart.changed.then(() => ends++)
    first?.end(1)
    await told
    expect(ends).toBe(1)
  })
})
