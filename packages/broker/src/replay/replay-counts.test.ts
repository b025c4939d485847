import { expect, it } from 'vitest'
import { metadataOf, replayCounts } from './replay-counts.ts'

it('reads back what it wrote, and what was written before records were counted', () => {
  for (const counts of [
    { messages: 3, looked: 7 },
    { messages: 3, looked: null },
  ]) {
    expect(replayCounts(metadataOf(counts))).toEqual(counts)
  }
  expect(replayCounts('12')).toEqual({ messages: 12, looked: null })
  expect(replayCounts(null)).toEqual({ messages: 0, looked: 0 })
})
