import { expect, it } from 'vitest'
import { Pace } from './pace.ts'

/** A file of a thousand bytes, read to these places at these seconds. */
function told(readings: readonly (readonly [second: number, bytes: number])[], beginAt?: number): (number | null)[] {
  let nowMs = 5000
  const pace = new Pace(1000, () => nowMs)
  if (beginAt !== undefined) pace.beginAt(beginAt)
  return readings.map(([second, bytes]) => {
    nowMs = 5000 + second * 1000
    return pace.secondsLeft(bytes)
  })
}

it('says nothing before there is a pace, then the time that the rest takes, and nothing left at the end', () => {
  expect(
    told([
      [0, 0],
      [0.1, 10],
      [1, 0],
      [2, 200],
      [5, 500],
      [10, 1000],
    ]),
  ).toEqual([null, null, null, 8, 5, 0])
})

it('is never at its end before it is', () => {
  expect(told([[9.99, 999]])).toEqual([1])
})

it('goes by the last while, not by what was faster long ago', () => {
  const fast = [
    [1, 250],
    [2, 500],
  ] as const
  const slow = Array.from({ length: 60 }, (_, index) => [3 + index, 501 + index] as const)
  expect(told([...fast, ...slow]).at(-1)).toBe(440)
})

it('takes a stand-still for what it is: the rest takes longer the longer it lasts', () => {
  const [before, after] = told([
    [10, 500],
    [20, 501],
  ])
  expect(before).toBe(10)
  expect(after).toBe(20)
})

it('does not count what was skipped', () => {
  expect(told([[1, 610]], 600)).toEqual([39])
})
