import { expect } from 'vitest'
import type { LogPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'

export const appendOrder: LogPromise = {
  title: 'gives back one position a record and keeps their order',
  async run(subject) {
    const topic = await subject.topic('order')
    const positions = await subject.log.append(numbered(200).map((value) => textRecord(topic, null, value)))
    const stored = await subject.everything(topic)
    expect(values(stored)).toEqual(numbered(200))
    expect(positions).toEqual(stored.map(({ offset }) => ({ topic, partition: 0, offset })))
    const offsets = positions.map(({ offset }) => offset)
    expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b))
  },
}

export const appendUnwaited: LogPromise = {
  title: 'keeps the order of appends that nobody waited for',
  async run(subject) {
    const topic = await subject.topic('unwaited')
    await Promise.all(numbered(100).map((value) => subject.log.append([textRecord(topic, 'key', value)])))
    expect(values(await subject.everything(topic))).toEqual(numbered(100))
  },
}

export const appendWhole: LogPromise = {
  title: 'appends all records of a call or none, and what was refused leaves the calls beside it alone',
  async run(subject) {
    const topic = await subject.topic('whole')
    const bad = [textRecord(topic, null, 'lost'), textRecord(subject.unique('missing'), null, 'lost')]
    const results = await Promise.allSettled([
      subject.log.append([textRecord(topic, null, 'before')]),
      subject.log.append(bad),
      subject.log.append([textRecord(topic, null, 'behind')]),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(values(await subject.everything(topic))).toEqual(['before', 'behind'])
  },
}

export const appendSeveralTopics: LogPromise = {
  title: 'appends to several topics and partitions in one call, each position in its place',
  async run(subject) {
    const one = await subject.topic('one')
    const two = await subject.topic('two', { partitions: 3 })
    const records = [
      { ...textRecord(two, null, 'c'), partition: 2 },
      textRecord(one, null, 'a'),
      { ...textRecord(two, null, 'b'), partition: 0 },
      textRecord(one, null, 'd'),
    ]
    const positions = await subject.log.append(records)
    expect(positions.map(({ topic, partition }) => [topic, partition])).toEqual([
      [two, 2],
      [one, 0],
      [two, 0],
      [one, 0],
    ])
    expect(values(await subject.everything(two, 2))).toEqual(['c'])
    expect(values(await subject.everything(one))).toEqual(['a', 'd'])
    expect(await subject.log.append([])).toEqual([])
  },
}

export const appendConcurrent: LogPromise = {
  title: 'keeps each of many producers in its own order',
  async run(subject) {
    const topic = await subject.topic('producers', { partitions: 3 })
    const produce = async (name: string) => {
      for (const value of numbered(20, `${name}:`)) await subject.log.append([textRecord(topic, name, value)])
    }
    await Promise.all(numbered(16, 'producer').map(produce))
    const stored = (await Promise.all([0, 1, 2].map((partition) => subject.everything(topic, partition)))).flat()
    const byProducer = Map.groupBy(values(stored), (value) => value?.split(':')[0])
    for (const name of numbered(16, 'producer')) expect(byProducer.get(name)).toEqual(numbered(20, `${name}:`))
    expect(stored.length).toBe(16 * 20)
  },
}
