import { expect } from 'vitest'
import type { FlaggedPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'
import { atLeast } from '../subject.ts'

export const durability: FlaggedPromise = {
  flag: 'durable',
  whenTrue: {
    title: 'keeps topics, records and positions over a restart',
    async run(subject) {
      const topic = await subject.topic('kept', { partitions: 2, retentionMs: 1_000_000_000 })
      const group = subject.unique('kept')
      const records = numbered(30).map((value, index) => ({ ...textRecord(topic, null, value), partition: index % 2 }))
      await subject.log.append(records)
      await subject.consumeUntil({ group, topics: [topic], maxRecords: 5 }, atLeast(10))
      const before = {
        records: [await subject.everything(topic, 0), await subject.everything(topic, 1)],
        ranges: await subject.log.ranges(topic),
        positions: await subject.log.positions(group),
        lag: await subject.log.lag(group, topic),
      }
      const log = await subject.reopen()
      expect((await log.topics()).find(({ name }) => name === topic)).toMatchObject({ partitions: 2 })
      expect([await subject.everything(topic, 0), await subject.everything(topic, 1)]).toEqual(before.records)
      expect(await log.ranges(topic)).toEqual(before.ranges)
      expect(await log.positions(group)).toEqual(before.positions)
      expect(await log.lag(group, topic)).toBe(before.lag)
      expect(before.positions.length).toBeGreaterThan(0)
    },
  },
  whenFalse: {
    title: 'loses everything over a restart',
    async run(subject) {
      const topic = await subject.topic('lost')
      const group = subject.unique('lost')
      await subject.log.append([textRecord(topic, null, 'gone')])
      await subject.consumeUntil({ group, topics: [topic] }, atLeast(1))
      const log = await subject.reopen()
      expect((await log.topics()).map(({ name }) => name)).not.toContain(topic)
      expect(await log.groups()).not.toContain(group)
    },
  },
}

export const acknowledged: FlaggedPromise = {
  flag: 'durable',
  whenTrue: {
    title: 'has on disk what append resolved, however soon the restart comes',
    async run(subject) {
      const topic = await subject.topic('soon')
      for (const value of numbered(5)) {
        await subject.log.append([textRecord(topic, null, value)])
        await subject.reopen()
      }
      expect(values(await subject.everything(topic))).toEqual(numbered(5))
    },
  },
  whenFalse: {
    title: 'can be read at once after append resolved',
    async run(subject) {
      const topic = await subject.topic('soon')
      for (const value of numbered(5)) {
        await subject.log.append([textRecord(topic, null, value)])
        expect(values(await subject.everything(topic)).at(-1)).toBe(value)
      }
    },
  },
}

export const closeFinishes: FlaggedPromise = {
  flag: 'durable',
  whenTrue: {
    title: 'lets the appends under way finish when it is closed',
    async run(subject) {
      const topic = await subject.topic('closing')
      const appends = numbered(50).map((value) => subject.log.append([textRecord(topic, 'key', value)]))
      await subject.reopen()
      expect((await Promise.all(appends)).length).toBe(50)
      expect(values(await subject.everything(topic))).toEqual(numbered(50))
    },
  },
  whenFalse: {
    title: 'answers the appends under way when it is closed',
    async run(subject) {
      const topic = await subject.topic('closing')
      const appends = numbered(50).map((value) => subject.log.append([textRecord(topic, 'key', value)]))
      await subject.reopen()
      expect((await subject.within(Promise.all(appends), 'the appends to be answered')).length).toBe(50)
    },
  },
}
