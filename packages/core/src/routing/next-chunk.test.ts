import { describe, expect, it } from 'vitest'
import { nextChunk } from './next-chunk.ts'

async function* numbers(count: number) {
  for (let number = 0; number < count; number += 1) yield number
}

const limits = { maxRecords: 3, maxBytes: 1000, sizeOf: () => 1 }

describe('the next chunk', () => {
  it('hands out a document part by part, everything once and in order', async () => {
    const records = numbers(7)
    const chunks = [
      await nextChunk(records, limits),
      await nextChunk(records, limits),
      await nextChunk(records, limits),
    ]
    expect(chunks.map(({ items }) => items)).toEqual([[0, 1, 2], [3, 4, 5], [6]])
    expect(chunks.map(({ done }) => done)).toEqual([false, false, true])
  })

  it('ends with an empty part when the document ends where a part does', async () => {
    const records = numbers(3)
    expect(await nextChunk(records, limits)).toEqual({ items: [0, 1, 2], done: false })
    expect(await nextChunk(records, limits)).toEqual({ items: [], done: true })
  })

  it('keeps a part within its bytes, but for a single larger record', async () => {
    const records = numbers(3)
    const byBytes = { maxRecords: 100, maxBytes: 10, sizeOf: (number: number) => (number === 0 ? 50 : 6) }
    expect((await nextChunk(records, byBytes)).items).toEqual([0])
    expect((await nextChunk(records, byBytes)).items).toEqual([1, 2])
  })
})
