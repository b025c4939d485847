import { describe, expect, it } from 'vitest'
import { batchId, collect, hasRoomFor, nothingCollected } from './aggregator.ts'

describe('the id of a batch', () => {
  it('is the same for the same receiver and the same messages in the same order, in every release', () => {
    // sha256sum of 11:reports.voa2:m12:m2
    expect(batchId('reports.voa', ['m1', 'm2'])).toBe(
      'b4e6f59e454410b9d044fd95caa4e3b1c2f044adc0b3962c8b52eafb0ca430c2',
    )
  })

  it.each([
    ['another receiver', batchId('reports.crm', ['m1', 'm2'])],
    ['another order', batchId('reports.voa', ['m2', 'm1'])],
    ['the same letters, cut elsewhere', batchId('reports.voa', ['m1m', '2'])],
    ['a message less', batchId('reports.voa', ['m1'])],
  ])('is another one with %s', (_difference, other) => {
    expect(other).not.toBe(batchId('reports.voa', ['m1', 'm2']))
  })
})

describe('a batch', () => {
  const two = collect(collect(nothingCollected, 60), 30)

  it('takes a message that is larger than a batch may be, but only alone', () => {
    expect(hasRoomFor(nothingCollected, 1000, { maxBytes: 100 })).toBe(true)
    expect(hasRoomFor(two, 11, { maxBytes: 100 })).toBe(false)
    expect(hasRoomFor(two, 10, { maxBytes: 100 })).toBe(true)
    expect(hasRoomFor(two, 1, { maxMessages: 2 })).toBe(false)
  })
})
