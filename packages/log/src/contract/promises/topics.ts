import { expect } from 'vitest'
import type { FlaggedPromise, LogPromise } from '../log-promise.ts'
import { numbered, textRecord } from '../records.ts'
import { atLeast, finishAll, isCountOf } from '../subject.ts'

export const createTopic: LogPromise = {
  title: 'makes a topic once, takes over its retention, and refuses another number of partitions',
  async run(subject) {
    const topic = await subject.topic('made', { partitions: 2, retentionMs: 1_000_000_000 })
    await subject.log.append([textRecord(topic, 'key', 'kept')])
    await subject.log.createTopic({ name: topic, partitions: 2, retentionMs: 2_000_000_000, retentionBytes: 5_000_000 })
    const described = (await subject.log.topics()).filter(({ name }) => name === topic)
    expect(described).toMatchObject([{ partitions: 2, retentionMs: 2_000_000_000, retentionBytes: 5_000_000 }])
    await expect(subject.log.createTopic({ name: topic, partitions: 3 })).rejects.toMatchObject({
      code: 'PRV_LOG_TOPIC_PARTITIONS',
    })
    expect(await subject.log.lag(subject.unique('nobody'), topic)).toSatisfy(isCountOf(subject, 1))
    const single = await subject.topic('default')
    expect((await subject.log.ranges(single)).map(({ partition }) => partition)).toEqual([0])
    await expect(subject.log.createTopic({ name: 'not a topic' })).rejects.toMatchObject({ code: 'PRV_LOG_TOPIC_NAME' })
  },
}

export const unknownTopic: LogPromise = {
  title: 'says so when a topic or a partition does not exist',
  async run(subject) {
    const topic = subject.unique('unknown')
    const group = subject.unique('unknown')
    const position = { topic, partition: 0, offset: 0 }
    const unknown = { code: 'PRV_LOG_TOPIC_UNKNOWN' }
    await expect(subject.log.append([textRecord(topic, null, 'lost')])).rejects.toMatchObject(unknown)
    await expect(subject.log.ranges(topic)).rejects.toMatchObject(unknown)
    await expect(subject.log.lag(group, topic)).rejects.toMatchObject(unknown)
    await expect(subject.log.read({ topic, partition: 0, from: 0 })).rejects.toMatchObject(unknown)
    await expect(subject.log.seek(group, position)).rejects.toMatchObject(unknown)
    const consumer = subject.log.consume({ group, topics: [topic] }, finishAll)
    await expect(subject.within(consumer.done, 'the consumer to end')).rejects.toMatchObject(unknown)
    expect((await subject.log.topics()).map(({ name }) => name)).not.toContain(topic)
    const known = await subject.topic('known')
    await expect(subject.log.read({ topic: known, partition: 1, from: 0 })).rejects.toMatchObject({
      code: 'PRV_LOG_PARTITION_UNKNOWN',
    })
  },
}

export const ranges: LogPromise = {
  title: 'tells the two ends of each partition',
  async run(subject) {
    const topic = await subject.topic('ranges', { partitions: 2 })
    for (const range of await subject.log.ranges(topic)) {
      expect(range.start).toBe(range.end)
    }
    const value = 'x'.repeat(1000)
    const records = numbered(5).map(() => ({ ...textRecord(topic, null, value), partition: 1 }))
    const positions = await subject.log.append(records)
    const [empty, filled] = await subject.log.ranges(topic)
    expect(empty).toMatchObject({ partition: 0 })
    expect(filled).toMatchObject({ partition: 1, start: positions[0]?.offset })
    expect(filled?.end).toBeGreaterThan(positions.at(-1)?.offset ?? 0)
  },
}

export const timestamps: LogPromise = {
  title: 'stamps records with its own time, which does not fall',
  async run(subject) {
    const topic = await subject.topic('time')
    const before = Date.now()
    for (const value of numbered(20)) await subject.log.append([textRecord(topic, null, value)])
    const stamps = (await subject.everything(topic)).map(({ timestamp }) => timestamp)
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b))
    // Another machine's clock may be a little off.
    for (const stamp of stamps) expect(Math.abs(stamp - before)).toBeLessThan(60_000)
  },
}

export const denseOffsets: FlaggedPromise = {
  flag: 'denseOffsets',
  whenTrue: {
    title: 'counts offsets without gaps, over write sets too',
    async run(subject) {
      expect(await offsetsOverWriteSets(subject)).toEqual([0, 1, 2, 3, 4, 5])
    },
  },
  whenFalse: {
    title: 'leaves gaps between offsets, so nobody may count with them',
    async run(subject) {
      const offsets = await offsetsOverWriteSets(subject)
      expect(offsets.length).toBe(6)
      expect(offsets).not.toEqual([0, 1, 2, 3, 4, 5])
      expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b))
    },
  },
}

async function offsetsOverWriteSets(subject: Parameters<LogPromise['run']>[0]): Promise<number[]> {
  const from = await subject.topic('from')
  const to = await subject.topic('to')
  await subject.log.append(numbered(6).map((value) => textRecord(from, null, value)))
  const options = { group: subject.unique('dense'), topics: [from], maxRecords: 1 }
  await subject.consumeUntil(options, atLeast(6), async () => ({ append: [textRecord(to, null, 'x')], finished: 1 }))
  return (await subject.everything(to)).map(({ offset }) => offset)
}
