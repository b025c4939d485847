import { expect } from 'vitest'
import type { FlaggedPromise, LogPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'
import { atLeast, finishAll, isCountOf } from '../subject.ts'

const nothing = { groups: [], positions: [] }
const kilobyte = 'x'.repeat(1000)

export const retentionNone: LogPromise = {
  title: 'keeps everything of a topic without retention',
  async run(subject) {
    const topic = await subject.topic('for-ever')
    await subject.log.append(numbered(5).map((value) => textRecord(topic, null, value)))
    await subject.log.enforceRetention(nothing)
    expect(values(await subject.everything(topic))).toEqual(numbered(5))
  },
}

export const retentionBySize: LogPromise = {
  title: 'removes the oldest records while a partition holds more than retentionBytes, and goes on counting offsets',
  async run(subject) {
    await subject.log.enforceRetention(nothing)
    const topic = await subject.topic('by-size', { partitions: 2, retentionBytes: 10_000 })
    const append = (value: string) => ({ ...textRecord(topic, null, value + kilobyte), partition: 0 })
    const appended = await subject.log.append(numbered(30).map(append))
    const small = { ...textRecord(topic, null, 'small'), partition: 1 }
    await subject.log.append([small])
    const removed = await subject.log.enforceRetention(nothing)
    const kept = await subject.everything(topic)
    const newest = numbered(30).slice(30 - kept.length)
    expect(values(kept)).toEqual(newest.map((value) => value + kilobyte))
    expect(removed).toSatisfy(isCountOf(subject, 30 - kept.length))
    expect(kept.length).toBeGreaterThanOrEqual(5)
    expect(kept.length).toBeLessThanOrEqual(10)
    const [range, other] = await subject.log.ranges(topic)
    expect(range?.start).toBe(kept[0]?.offset)
    expect(other?.end).toBeGreaterThan(other?.start ?? 0)
    expect(await subject.log.enforceRetention(nothing)).toBe(0)
    const [next] = await subject.log.append([append('next')])
    expect(next?.offset).toBeGreaterThan(appended.at(-1)?.offset ?? 0)
  },
}

export const retentionByAge: LogPromise = {
  title: 'removes records older than retentionMs, all of them when all are, and keeps the younger ones',
  async run(subject) {
    await subject.log.enforceRetention(nothing)
    const topic = await subject.topic('by-age', { retentionMs: 1_000_000 })
    const appended = await subject.log.append(numbered(3, 'old').map((value) => textRecord(topic, null, value)))
    expect(await subject.log.enforceRetention(nothing)).toBe(0)
    await subject.log.createTopic({ name: topic, retentionMs: 20 })
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(await subject.log.enforceRetention(nothing)).toSatisfy(isCountOf(subject, 3))
    const [range] = await subject.log.ranges(topic)
    expect(range?.start).toBe(range?.end)
    const [young] = await subject.log.append([textRecord(topic, null, 'young')])
    expect(young?.offset).toBeGreaterThan(appended.at(-1)?.offset ?? 0)
    await subject.log.createTopic({ name: topic, retentionMs: 1_000_000 })
    expect(await subject.log.enforceRetention(nothing)).toBe(0)
    expect(values(await subject.everything(topic))).toEqual(['young'])
  },
}

export const retentionHolds: LogPromise = {
  title: 'never removes what a held group has yet to finish, nor what a held position has yet to pass',
  async run(subject) {
    const topic = await subject.topic('held', { partitions: 2, retentionBytes: 0 })
    const group = subject.unique('held')
    const records = numbered(20).map((value, index) => ({ ...textRecord(topic, null, value), partition: index % 2 }))
    const appended = await subject.log.append(records)
    const last = Promise.withResolvers<void>()
    const consumer = subject.log.consume({ group, topics: [topic], maxRecords: 4 }, async (batch) => {
      if (values(batch.records).includes('v18')) last.resolve()
      if (batch.partition === 0) return finishAll(batch)
      await last.promise
      throw new Error('this partition never gets on')
    })
    await expect(subject.within(consumer.done, 'the consumer to end')).rejects.toThrow('never gets on')
    const position = (await subject.log.positions(group)).find(({ partition }) => partition === 0)
    const hold = { topic, partition: 0, offset: appended[4]?.offset ?? 0 }
    const atMost = Math.min(position?.offset ?? 0, hold.offset)
    await subject.log.enforceRetention({ groups: [group], positions: [hold] })
    const [first, second] = await subject.log.ranges(topic)
    expect(first?.start).toBeLessThanOrEqual(atMost)
    expect(values(await subject.everything(topic, 1))).toEqual(numbered(20).filter((_, index) => index % 2 === 1))
    await subject.log.enforceRetention({
      groups: [],
      positions: [{ ...hold, partition: 1, offset: second?.start ?? 0 }],
    })
    expect(values(await subject.everything(topic, 0))).toEqual([])
    expect((await subject.everything(topic, 1)).length).toBe(10)
  },
}

export const retentionPassed: LogPromise = {
  title: 'tells a reader and a group that what they want next is gone, and skips nothing for them',
  async run(subject) {
    await subject.log.enforceRetention(nothing)
    const topic = await subject.topic('passed', { retentionBytes: 0 })
    const group = subject.unique('passed')
    const [first] = await subject.log.append(numbered(4).map((value) => textRecord(topic, null, value)))
    await subject.consumeUntil({ group, topics: [topic], maxRecords: 1 }, atLeast(1))
    const from = first?.offset ?? 0
    await subject.log.seek(group, { topic, partition: 0, offset: from })
    expect(await subject.log.enforceRetention(nothing)).toSatisfy(isCountOf(subject, 4))
    await subject.log.append([textRecord(topic, null, 'behind')])
    const gone = { code: 'PRV_LOG_OFFSET_GONE' }
    await expect(subject.log.read({ topic, partition: 0, from })).rejects.toMatchObject(gone)
    const consumer = subject.log.consume({ group, topics: [topic] }, finishAll)
    await expect(subject.within(consumer.done, 'the consumer to end')).rejects.toMatchObject(gone)
    await expect(subject.log.seek(group, { topic, partition: 0, offset: from })).rejects.toMatchObject(gone)
    const [range] = await subject.log.ranges(topic)
    await subject.log.seek(group, { topic, partition: 0, offset: range?.start ?? 0 })
    expect(values(await subject.consumeUntil({ group, topics: [topic] }, atLeast(1)))).toEqual(['behind'])
  },
}

export const reclaimsDisk: FlaggedPromise = {
  flag: 'reclaimsDisk',
  whenTrue: {
    title: 'gives the disk space of removed records back at once',
    async run(subject) {
      const diskBytes = subject.harness.diskBytes
      if (diskBytes === undefined) throw new TypeError('the harness has no diskBytes')
      const topic = await subject.topic('disk', { retentionBytes: 1_000_000_000 })
      for (let round = 0; round < 10; round++) {
        await subject.log.append(numbered(200).map(() => textRecord(topic, null, kilobyte)))
      }
      await subject.log.enforceRetention(nothing)
      const full = await diskBytes(subject.log)
      expect(full).toBeGreaterThanOrEqual(2_000_000)
      await subject.log.createTopic({ name: topic, retentionBytes: 10_000 })
      await subject.log.enforceRetention(nothing)
      expect(await diskBytes(subject.log)).toBeLessThan(full - 1_800_000)
    },
  },
  whenFalse: {
    title: 'lets go of records, whenever their space may come back',
    async run(subject) {
      const topic = await subject.topic('disk', { retentionBytes: 0 })
      await subject.log.append(numbered(20).map(() => textRecord(topic, null, kilobyte)))
      await subject.log.enforceRetention(nothing)
      expect(await subject.everything(topic)).toEqual([])
    },
  },
}
