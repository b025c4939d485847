import { expect } from 'vitest'
import type { GivenPartition } from '../../consumer.ts'
import type { LogPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'
import { atLeast, finishAll } from '../subject.ts'

export const groupsIndependent: LogPromise = {
  title: 'hands every record to every group, and a group that stands still delays no other',
  async run(subject) {
    const topic = await subject.topic('groups')
    await subject.log.append(numbered(20).map((value) => textRecord(topic, null, value)))
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>()
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const stuck = subject.log.consume({ group: subject.unique('stuck'), topics: [topic] }, async (batch) => {
      enter()
      await released
      return finishAll(batch)
    })
    try {
      await subject.within(entered, 'the first group to be handed a batch')
      for (const group of [subject.unique('one'), subject.unique('two')]) {
        const records = await subject.consumeUntil({ group, topics: [topic], maxRecords: 3 }, atLeast(20))
        expect(values(records)).toEqual(numbered(20))
      }
    } finally {
      release()
      await stuck.stop()
    }
  },
}

export const oneAtATime: LogPromise = {
  title: 'hands out the batches of a partition in order and one at a time, with nothing missing or twice',
  async run(subject) {
    const topic = await subject.topic('one-at-a-time', { partitions: 2 })
    const records = numbered(60).map((value, index) => ({ ...textRecord(topic, null, value), partition: index % 2 }))
    await subject.log.append(records)
    const running = new Set<number>()
    let atOnce = 0
    const options = { group: subject.unique('one-at-a-time'), topics: [topic], maxRecords: 7 }
    const handed = await subject.consumeUntil(options, atLeast(60), async (batch) => {
      if (running.has(batch.partition)) atOnce++
      expect(batch.records.every(({ partition }) => partition === batch.partition)).toBe(true)
      running.add(batch.partition)
      await new Promise((resolve) => setTimeout(resolve, 3))
      running.delete(batch.partition)
      return finishAll(batch)
    })
    expect(atOnce, 'batches handed out while another of the partition was being handled').toBe(0)
    const byPartition = Map.groupBy(handed, ({ partition }) => partition)
    for (const partition of [0, 1]) {
      expect(values(byPartition.get(partition) ?? [])).toEqual(
        numbered(60).filter((_, index) => index % 2 === partition),
      )
    }
  },
}

export const partitionsAtOnce: LogPromise = {
  title: 'works on several partitions at once, and stays open to everybody while a handler runs',
  async run(subject) {
    const topic = await subject.topic('at-once', { partitions: 2 })
    const other = await subject.topic('meanwhile')
    await subject.log.append([0, 1].map((partition) => ({ ...textRecord(topic, null, 'v'), partition })))
    const both = Promise.withResolvers<void>()
    const entered = new Set<number>()
    await subject.consumeUntil({ group: subject.unique('at-once'), topics: [topic] }, atLeast(2), async (batch) => {
      entered.add(batch.partition)
      if (entered.size === 2) both.resolve()
      await subject.within(both.promise, 'both partitions to be handled at once')
      await subject.within(subject.log.append([textRecord(other, null, 'meanwhile')]), 'an append by a handler')
      return finishAll(batch)
    })
    expect((await subject.everything(other)).length).toBe(2)
  },
}

export const severalTopics: LogPromise = {
  title: 'consumes several topics in one group, and what comes while it waits',
  async run(subject) {
    const topics = [await subject.topic('first'), await subject.topic('second')]
    const expected = topics.flatMap((topic) => numbered(5).map((value) => `${topic}:${value}`))
    const consumed = subject.consumeUntil({ group: subject.unique('topics'), topics }, atLeast(10))
    for (const value of numbered(5)) await subject.log.append(topics.map((topic) => textRecord(topic, null, value)))
    const handed = (await consumed).map((record) => `${record.topic}:${values([record])[0]}`)
    expect(handed.sort()).toEqual(expected.sort())
  },
}

export const startFrom: LogPromise = {
  title: 'starts a new group at the earliest record, or behind the latest if asked to, and an old one where it was',
  async run(subject) {
    const topic = await subject.topic('start')
    await subject.log.append(numbered(3, 'old').map((value) => textRecord(topic, null, value)))
    const latest = { group: subject.unique('latest'), topics: [topic], startFrom: 'latest' } as const
    const { promise: some, resolve } = Promise.withResolvers<string | null>()
    const consumer = subject.log.consume(latest, async (batch) => {
      resolve(values(batch.records)[0] ?? null)
      return finishAll(batch)
    })
    let first: string | null | undefined
    void some.then((value) => {
      first = value
    })
    // When a group has found its place is not told, so new records come until one is handed out.
    for (let index = 0; first === undefined && index < subject.patienceMs / 10; index++) {
      await subject.log.append([textRecord(topic, null, `new${index}`)])
      await new Promise((done) => setTimeout(done, 10))
    }
    await consumer.stop()
    expect(first).toMatch(/^new/)
    const earliest = { group: subject.unique('earliest'), topics: [topic] }
    expect(values(await subject.consumeUntil(earliest, atLeast(4))).slice(0, 3)).toEqual(numbered(3, 'old'))
    await subject.log.append([textRecord(topic, null, 'last')])
    const again = await subject.consumeUntil({ ...earliest, startFrom: 'latest' }, atLeast(1))
    expect(values(again)).not.toContain('old0')
    expect(values(again)).toContain('last')
  },
}

export const shared: LogPromise = {
  title: 'shares a group between its consumers: each record goes to one, and when one stops another takes over',
  async run(subject) {
    const topic = await subject.topic('shared', { partitions: 2 })
    const append = (prefix: string) =>
      subject.log.append(
        numbered(20, prefix).map((value, index) => ({ ...textRecord(topic, null, value), partition: index % 2 })),
      )
    const options = { group: subject.unique('shared'), topics: [topic], maxRecords: 3 }
    const handed: (string | null)[] = []
    let arrived = Promise.withResolvers<void>()
    const handler = async (batch: Parameters<typeof finishAll>[0]) => {
      handed.push(...values(batch.records))
      if (handed.length >= 20) arrived.resolve()
      return finishAll(batch)
    }
    const first = subject.log.consume(options, handler)
    const second = subject.log.consume(options, handler)
    try {
      await append('a')
      await subject.within(arrived.promise, 'the records of the first round')
      expect(handed.toSorted()).toEqual(numbered(20, 'a').sort())
      await first.stop()
      handed.length = 0
      arrived = Promise.withResolvers()
      await append('b')
      await subject.within(arrived.promise, 'the other consumer to take over')
      expect(handed.toSorted()).toEqual(numbered(20, 'b').sort())
    } finally {
      await Promise.all([first.stop(), second.stop()])
    }
  },
}

export const prepared: LogPromise = {
  title:
    'prepares each partition that a consumer is given, one without records too, and hands out nothing of it before that is done',
  async run(subject) {
    const topic = await subject.topic('prepared', { partitions: 2 })
    const group = subject.unique('prepared')
    await subject.log.append([{ ...textRecord(topic, null, 'a'), partition: 0 }])
    const told: string[] = []
    const bothPrepared = Promise.withResolvers<void>()
    const prepare = async ({ topic: given, partition, signal }: GivenPartition) => {
      expect([given, signal.aborted]).toEqual([topic, false])
      await new Promise((resolve) => setTimeout(resolve, 50))
      told.push(`prepared ${partition}`)
      if (told.filter((each) => each.startsWith('prepared')).length === 2) bothPrepared.resolve()
    }
    await subject.consumeUntil({ group, topics: [topic], prepare }, atLeast(1), async (batch) => {
      told.push(`handed ${batch.partition}`)
      await bothPrepared.promise
      return finishAll(batch)
    })
    expect(told.filter((each) => each.endsWith('0'))).toEqual(['prepared 0', 'handed 0'])
    expect(told.filter((each) => each.endsWith('1'))).toEqual(['prepared 1'])
  },
}

export const preparedAnew: LogPromise = {
  title: 'prepares again who takes a partition over, and aborts the signal of who had it',
  async run(subject) {
    const topic = await subject.topic('prepared-anew')
    const options = { group: subject.unique('prepared-anew'), topics: [topic] }
    const given: GivenPartition[] = []
    let arrived = Promise.withResolvers<void>()
    const prepare = async (one: GivenPartition) => {
      given.push(one)
      arrived.resolve()
    }
    const first = subject.log.consume({ ...options, prepare }, finishAll)
    try {
      await subject.within(Promise.race([arrived.promise, first.done]), 'the partition to be prepared')
      arrived = Promise.withResolvers()
    } finally {
      await first.stop()
    }
    expect(given.map(({ signal }) => signal.aborted)).toEqual([true])
    const second = subject.log.consume({ ...options, prepare }, finishAll)
    try {
      await subject.within(Promise.race([arrived.promise, second.done]), 'the partition to be prepared again')
      expect(given.map(({ signal }) => signal.aborted)).toEqual([true, false])
    } finally {
      await second.stop()
    }
  },
}

export const preparedInVain: LogPromise = {
  title: 'ends the consumer with the reason, and hands out nothing, when a partition cannot be prepared',
  async run(subject) {
    const topic = await subject.topic('prepared-in-vain')
    const group = subject.unique('prepared-in-vain')
    await subject.log.append([textRecord(topic, null, 'a')])
    const reason = new Error('cannot be prepared')
    const handed: string[] = []
    const prepare = () => Promise.reject(reason)
    const consumer = subject.log.consume({ group, topics: [topic], prepare }, async (batch) => {
      handed.push(batch.topic)
      return finishAll(batch)
    })
    await expect(subject.within(consumer.done, 'the consumer to end')).rejects.toBe(reason)
    expect(handed).toEqual([])
  },
}
