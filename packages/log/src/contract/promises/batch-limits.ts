import { expect } from 'vitest'
import type { Batch } from '../../consumer.ts'
import type { LogPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'
import { atLeast, finishAll } from '../subject.ts'

export const maxRecords: LogPromise = {
  title: 'puts at most maxRecords into a batch, and more than one where there are more',
  async run(subject) {
    const topic = await subject.topic('max-records')
    await subject.log.append(numbered(50).map((value) => textRecord(topic, null, value)))
    const sizes: number[] = []
    const options = { group: subject.unique('max-records'), topics: [topic], maxRecords: 8 }
    await subject.consumeUntil(options, atLeast(50), async (batch) => {
      sizes.push(batch.records.length)
      return finishAll(batch)
    })
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8)
    expect(sizes.length).toBeLessThan(50)
  },
}

export const maxBytes: LogPromise = {
  title: 'puts at most maxBytes into a batch, but a single larger record still comes, alone',
  async run(subject) {
    const topic = await subject.topic('max-bytes')
    const sizes = [300, 300, 300, 5000, 300, 300, 7000, 300]
    await subject.log.append(sizes.map((size) => textRecord(topic, null, 'x'.repeat(size), [['h', 'y'.repeat(100)]])))
    const batches: number[][] = []
    const options = { group: subject.unique('max-bytes'), topics: [topic], maxBytes: 1500 }
    await subject.consumeUntil(options, atLeast(sizes.length), async (batch) => {
      batches.push(batch.records.map(({ value }) => value?.length ?? 0))
      return finishAll(batch)
    })
    expect(batches.flat()).toEqual(sizes)
    for (const batch of batches) {
      const bytes = batch.reduce((sum, size) => sum + size + 101, 0)
      expect(bytes <= 1500 || batch.length === 1).toBe(true)
    }
    expect(batches.length).toBeLessThan(sizes.length)
  },
}

export const lingerFromWriting: LogPromise = {
  title: 'counts lingerMs from when the first record was written: whoever begins later waits for the rest only',
  async run(subject) {
    const lingerMs = 4000
    const topic = await subject.topic('linger-on')
    await subject.log.append([textRecord(topic, null, 'v0')])
    await new Promise((resolve) => setTimeout(resolve, lingerMs))
    const began = Date.now()
    const options = { group: subject.unique('linger-on'), topics: [topic], maxRecords: 3, lingerMs }
    expect(values(await subject.consumeUntil(options, atLeast(1)))).toEqual(['v0'])
    expect(Date.now() - began).toBeLessThan(lingerMs)
  },
}

export const linger: LogPromise = {
  title: 'hands out a batch at once, or lets it wait for more up to lingerMs when asked to',
  async run(subject) {
    const topic = await subject.topic('linger')
    await subject.log.append([textRecord(topic, null, 'v0')])
    // Far longer than patience: only a batch that does not wait comes in time.
    const atOnce = { group: subject.unique('at-once'), topics: [topic], maxRecords: 3 }
    expect(values(await subject.consumeUntil(atOnce, atLeast(1)))).toEqual(['v0'])
    const batches: Batch[] = []
    const full = { group: subject.unique('full'), topics: [topic], maxRecords: 3, lingerMs: subject.patienceMs * 10 }
    const consumed = subject.consumeUntil(full, atLeast(3), async (batch) => {
      batches.push(batch)
      return finishAll(batch)
    })
    await subject.log.append([textRecord(topic, null, 'v1')])
    await subject.log.append([textRecord(topic, null, 'v2')])
    await consumed
    expect(batches.map(({ records }) => values(records))).toEqual([['v0', 'v1', 'v2']])
    const short = { group: subject.unique('short'), topics: [topic], maxRecords: 4, lingerMs: 20 }
    expect(values(await subject.consumeUntil(short, atLeast(3)))).toEqual(['v0', 'v1', 'v2'])
  },
}
