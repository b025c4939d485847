import { expect, it } from 'vitest'
import { Pace } from './pace.ts'

const never = new AbortController().signal

it('lets so many go at once, and the next when the first is a minute old', async () => {
  let now = 5000
  const pace = new Pace(2, () => now)
  expect(await pace.turn(never)).toBe(true)
  now += 10_000
  expect(await pace.turn(never)).toBe(true)
  expect(pace.waitMs).toBe(50_000)
  now += 49_999
  expect(pace.waitMs).toBe(1)
  now += 1
  expect(await pace.turn(never)).toBe(true)
  expect(pace.waitMs).toBe(10_000)
})

it('gives no turn to who is told to stop while waiting', async () => {
  const pace = new Pace(1, () => 0)
  await pace.turn(never)
  expect(await pace.turn(AbortSignal.timeout(20))).toBe(false)
  expect(await pace.turn(AbortSignal.abort())).toBe(false)
})
