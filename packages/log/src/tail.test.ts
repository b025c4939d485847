import { describe, expect, it } from 'vitest'
import { assertTailPresent } from './tail.ts'

const topic = 'valuation.report.proposed'
const ranges = [
  { partition: 0, start: 0, end: 10, bytes: 100 },
  { partition: 1, start: 5, end: 5, bytes: 0 },
]
const lost = (details: object) => expect.objectContaining({ code: 'PRV_LOG_TAIL_LOST', details })

describe('the tail of a log', () => {
  it('is present when every projection has seen at most what is there', () => {
    assertTailPresent(topic, ranges, [
      { topic, partition: 0, offset: 10 },
      { topic, partition: 1, offset: 5 },
      { topic: 'other.topic', partition: 0, offset: 99 },
    ])
  })

  it('is lost when a projection has seen one record more than there is', () => {
    expect(() => assertTailPresent(topic, ranges, [{ topic, partition: 1, offset: 6 }])).toThrow(
      lost({ topic, partition: 1, seen: 6, end: 5 }),
    )
  })

  it('is lost when a partition that was seen is not there at all', () => {
    expect(() => assertTailPresent(topic, ranges, [{ topic, partition: 2, offset: 1 }])).toThrow(
      lost({ topic, partition: 2, seen: 1, end: 0 }),
    )
  })
})
