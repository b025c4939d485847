import { expect } from 'vitest'
import type { FlaggedPromise, LogPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'

const kept = { partitions: 2, retentionMs: 1_000_000_000 }

export const differencesTold: LogPromise = {
  title: 'tells how topics stand otherwise than they are declared, and nothing of those that do not',
  async run(subject) {
    const topic = await subject.topic('compared', kept)
    const missing = subject.unique('missing')
    const found = async (changes: object) => {
      const told = await subject.log.compareTopics([{ name: topic, ...kept, ...changes }])
      return told.map(({ setting, declared, actual }) => [setting, declared, actual])
    }
    expect(await found({})).toEqual([])
    expect(await found({ retentionMs: undefined })).toEqual([['retentionMs', 'no limit', '1000000000']])
    expect(await found({ partitions: 1, retentionBytes: 5_000_000 })).toEqual([
      ['partitions', '1', '2'],
      ['retentionBytes', '5000000', 'no limit'],
    ])
    expect(await subject.log.compareTopics([{ name: missing }])).toEqual([
      { topic: missing, setting: 'topic', declared: 'there', actual: 'missing', change: 'set' },
    ])
    expect((await subject.log.topics()).map(({ name }) => name)).not.toContain(missing)
  },
}

export const differencesAligned: LogPromise = {
  title: 'changes a topic to what is declared where it can, and takes no partition away',
  async run(subject) {
    const topic = await subject.topic('aligned', kept)
    await subject.log.append([textRecord(topic, 'key', 'stays')])
    const wanted = [{ name: topic, ...kept, retentionBytes: 5_000_000 }, { name: subject.unique('made') }] as const
    const find = (name: string) => wanted.find((config) => config.name === name) ?? wanted[0]
    for (const difference of await subject.log.compareTopics(wanted)) {
      await subject.log.alignTopic(find(difference.topic), difference)
    }
    expect(await subject.log.compareTopics(wanted)).toEqual([])
    const fewer = { ...wanted[0], partitions: 1 }
    const [less] = await subject.log.compareTopics([fewer])
    if (!less) throw new TypeError('fewer partitions are no difference')
    expect(less).toMatchObject({ setting: 'partitions', change: 'person' })
    await expect(subject.log.alignTopic(fewer, less)).rejects.toMatchObject({ code: 'PRV_LOG_TOPIC_BY_HAND' })
    const shorter = { ...fewer, retentionMs: 500_000_000 }
    for (const difference of await subject.log.compareTopics([shorter])) {
      if (difference.change === 'set') await subject.log.alignTopic(shorter, difference)
    }
    expect((await subject.log.compareTopics([shorter])).map(({ setting }) => setting)).toEqual(['partitions'])
    expect((await subject.log.ranges(topic)).length).toBe(2)
  },
}

export const compaction: FlaggedPromise = {
  flag: 'compaction',
  whenTrue: {
    title:
      'keeps the last record of each key of a compacted topic, and tells when a topic is not compacted as declared',
    async run(subject) {
      const name = await subject.topic('compacted', { compaction: true })
      const records = [...numbered(3), ...numbered(3, 'last')].map((value, at) => textRecord(name, `k${at % 3}`, value))
      await subject.log.append(records)
      await subject.log.enforceRetention({ groups: [], positions: [] })
      const log = await subject.reopen()
      expect(values(await subject.everything(name)).slice(-3)).toEqual(numbered(3, 'last'))
      expect(await log.compareTopics([{ name, compaction: true }])).toEqual([])
      const [off, ...others] = await log.compareTopics([{ name }])
      if (!off) throw new TypeError('compaction is no difference')
      expect([off.change, others.length]).toEqual(['set', 0])
      await log.alignTopic({ name }, off)
      expect(await log.compareTopics([{ name }])).toEqual([])
    },
  },
  whenFalse: {
    title: 'refuses to make a topic that is to be compacted',
    async run(subject) {
      const name = subject.unique('compacted')
      await expect(subject.log.createTopic({ name, compaction: true })).rejects.toMatchObject({
        code: 'PRV_LOG_COMPACTION',
      })
      expect((await subject.log.topics()).map((topic) => topic.name)).not.toContain(name)
    },
  },
}
