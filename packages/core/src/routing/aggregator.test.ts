import { describe, expect, it } from 'vitest'
import { batchId, collect, hasRoomFor, isComplete, nothingCollected } from './aggregator.ts'

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
  const two = collect(collect(nothingCollected, 60, 1000), 30, 1500)

  it.each([
    ['when it has as many messages as wanted', { maxMessages: 2 }, 1500, true],
    ['not before', { maxMessages: 3 }, 1500, false],
    ['when it has as many bytes as wanted', { maxBytes: 90 }, 1500, true],
    ['not before that either', { maxBytes: 91 }, 1500, false],
    ['when its first message has waited long enough', { maxWaitMs: 500 }, 1500, true],
    ['and not a moment earlier', { maxWaitMs: 500 }, 1499, false],
    ['never, without a limit', {}, 1e12, false],
  ])('is complete %s', (_when, completeness, now, complete) => {
    expect(isComplete(two, now, completeness)).toBe(complete)
  })

  it('is never complete while it is empty', () => {
    expect(isComplete(nothingCollected, 1e12, { maxMessages: 0, maxBytes: 0, maxWaitMs: 0 })).toBe(false)
  })

  it('takes a message that is larger than a batch may be, but only alone', () => {
    expect(hasRoomFor(nothingCollected, 1000, { maxBytes: 100 })).toBe(true)
    expect(hasRoomFor(two, 11, { maxBytes: 100 })).toBe(false)
    expect(hasRoomFor(two, 10, { maxBytes: 100 })).toBe(true)
    expect(hasRoomFor(two, 1, { maxMessages: 2 })).toBe(false)
  })
})
