import { describe, expect, it } from 'vitest'
import { Throttle } from './throttle.ts'

function clockAt(start: number) {
  let now = start
  return {
    now: () => new Date(now),
    sleep: async (ms: number) => {
      now += ms
    },
    pass: (ms: number) => {
      now += ms
    },
    at: () => now - start,
  }
}

/** Asks until it is its turn. */
async function wait(throttle: Throttle, clock: ReturnType<typeof clockAt>, messages: number): Promise<void> {
  for (let ms = throttle.take(messages); ms > 0; ms = throttle.take(messages)) await clock.sleep(ms)
}

describe('a throttle', () => {
  it('lets so many through in a minute, evenly', async () => {
    const clock = clockAt(1_000_000)
    const throttle = new Throttle(clock, 60)
    const turns: number[] = []
    for (let message = 0; message < 4; message += 1) {
      await wait(throttle, clock, 1)
      turns.push(clock.at())
    }
    expect(turns).toEqual([0, 1000, 2000, 3000])
  })

  it('counts the messages of a batch, and saves nothing up while it is quiet', async () => {
    const clock = clockAt(1_000_000)
    const throttle = new Throttle(clock, 60)
    await wait(throttle, clock, 5)
    await wait(throttle, clock, 1)
    expect(clock.at()).toBe(5000)
    clock.pass(600_000)
    await wait(throttle, clock, 1)
    await wait(throttle, clock, 1)
    expect(clock.at()).toBe(606_000)
  })

  it('holds nothing up where there is no limit', async () => {
    const clock = clockAt(1_000_000)
    const throttle = new Throttle(clock, Number.POSITIVE_INFINITY)
    for (let message = 0; message < 1000; message += 1) await wait(throttle, clock, 100)
    expect(clock.at()).toBe(0)
  })
})
