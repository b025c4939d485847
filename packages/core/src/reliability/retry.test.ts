import { expect, it } from 'vitest'
import { nextRetry, type Retry } from './retry.ts'

const policy = { baseDelayMs: 1000, maxDelayMs: 60_000, random: () => 0.999999 }

function delays(count: number, random: () => number): readonly number[] {
  const delays: number[] = []
  let retry: Retry | null = null
  for (let i = 0; i < count; i++) {
    retry = nextRetry({ ...policy, random }, retry)
    delays.push(retry.delayMs)
  }
  return delays
}

it('doubles the longest delay up to its cap', () => {
  expect(delays(8, () => 0.999999).map((ms) => Math.round(ms / 1000))).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
})

it('draws the delay from nothing up to the longest, so that those who failed together part', () => {
  expect(delays(3, () => 0)).toEqual([0, 0, 0])
  expect(delays(3, () => 0.5)).toEqual([500, 1000, 2000])
})

it('stays a number however long the receiver is away', () => {
  expect(delays(2000, () => 0.5).at(-1)).toBe(30_000)
})

it('waits as long as the receiver asks, even beyond the cap', () => {
  expect(nextRetry(policy, null, 3_600_000)).toEqual({ attempt: 1, delayMs: 3_600_000 })
})

it('tells the delay of a decision as often as one asks, without taking another', () => {
  let drawn = 0
  const retry = nextRetry({ ...policy, random: () => ++drawn / 10 }, null)
  expect([retry.delayMs, retry.delayMs, retry.attempt, drawn]).toEqual([100, 100, 1, 1])
})
