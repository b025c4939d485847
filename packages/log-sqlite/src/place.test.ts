import { describe, expect, it } from 'vitest'
import { MAX_SLOTS, OFFSETS, offsetOf, placeOf, recordSum, rowSum } from './place.ts'

describe('a place', () => {
  it('is exact up to the last offset of the last slot', () => {
    const last = placeOf(MAX_SLOTS - 1, OFFSETS - 1)
    expect(last).toBe(Number.MAX_SAFE_INTEGER)
    expect(offsetOf(last)).toBe(OFFSETS - 1)
    expect(offsetOf(placeOf(7, 42))).toBe(42)
  })

  it('gives the same frame another checksum: neighbours, other slots, and the same offset far away', () => {
    const frame = Buffer.from('the same frame')
    const places = [0, 1, 2, placeOf(1, 0), placeOf(2, 0), placeOf(1, 1), placeOf(4, 1), placeOf(MAX_SLOTS - 1, 1)]
    expect(new Set(places.map((place) => recordSum(place, frame))).size).toBe(places.length)
  })

  it('sums up small rows with the type and the border of each value', () => {
    const rows = [['a', 'b'], ['ab'], ['a', null, 'b'], ['a', 'b', null], [1], ['1'], [null], ['null']]
    expect(new Set(rows.map((row) => rowSum(...row))).size).toBe(rows.length)
  })
})
