import { expect } from 'vitest'
import type { Batch } from '../../consumer.ts'
import type { FlaggedPromise, LogPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'
import { atLeast, finishAll, unlessAborted } from '../subject.ts'

export const handlerRejects: LogPromise = {
  title: 'ends the consumer with the handler error, and hands the same records out again to the next one',
  async run(subject) {
    const topic = await subject.topic('rejects')
    const group = subject.unique('rejects')
    await subject.log.append(numbered(6).map((value) => textRecord(topic, null, value)))
    const reason = new Error('the back office said no')
    const handed: (string | null)[] = []
    const consumer = subject.log.consume({ group, topics: [topic], maxRecords: 3 }, async ({ records }) => {
      handed.push(...values(records))
      throw reason
    })
    await expect(subject.within(consumer.done, 'the consumer to end')).rejects.toBe(reason)
    await consumer.stop()
    expect(handed).toEqual(numbered(3))
    expect(values(await subject.consumeUntil({ group, topics: [topic] }, atLeast(6)))).toEqual(numbered(6))
  },
}

export const someFinished: LogPromise = {
  title: 'hands out the rest again, in order, when only the first records of a batch were finished',
  async run(subject) {
    const topic = await subject.topic('rest')
    const group = subject.unique('rest')
    await subject.log.append(numbered(5).map((value) => textRecord(topic, null, value)))
    const handed = await subject.consumeUntil(
      { group, topics: [topic] },
      (records) => values(records).filter((value) => value === 'v4').length >= 3,
      async ({ records }) => ({ append: [], finished: Math.min(2, records.length) }),
    )
    const expected = [numbered(5), numbered(5).slice(2), numbered(5).slice(4)].flat()
    expect(values(handed)).toEqual(expected)
    expect(await subject.log.lag(group, topic)).toBe(0)
  },
}

export const nonsense: LogPromise = {
  title: 'ends the consumer, and moves nothing, when the handler claims to have finished what it was not handed',
  async run(subject) {
    const topic = await subject.topic('nonsense')
    const group = subject.unique('nonsense')
    await subject.log.append(numbered(2).map((value) => textRecord(topic, null, value)))
    for (const finished of [3, -1, 0.5, Number.NaN]) {
      const append = [textRecord(topic, null, 'must not appear')]
      const consumer = subject.log.consume({ group, topics: [topic] }, async () => ({ append, finished }))
      await expect(subject.within(consumer.done, 'the consumer to end')).rejects.toBeInstanceOf(TypeError)
    }
    expect(values(await subject.consumeUntil({ group, topics: [topic] }, atLeast(2)))).toEqual(numbered(2))
    expect(values(await subject.everything(topic))).toEqual(numbered(2))
  },
}

export const unfinishedOverRestart: FlaggedPromise = {
  flag: 'durable',
  whenTrue: {
    title: 'hands out again, after a restart, what was handed out but not finished',
    async run(subject) {
      const topic = await subject.topic('restart')
      const group = subject.unique('restart')
      await subject.log.append(numbered(6).map((value) => textRecord(topic, null, value)))
      const second = Promise.withResolvers<void>()
      const consumer = subject.log.consume({ group, topics: [topic], maxRecords: 2 }, async (batch: Batch) => {
        if (values(batch.records)[0] === 'v0') return finishAll(batch)
        second.resolve()
        return unlessAborted(batch.signal)
      })
      await subject.within(second.promise, 'the second batch')
      await subject.reopen()
      await subject.within(consumer.done, 'the consumer to end')
      const handed = await subject.consumeUntil({ group, topics: [topic] }, atLeast(4))
      expect(values(handed)).toEqual(numbered(6).slice(2))
    },
  },
  whenFalse: {
    title: 'ends its consumers when it is closed',
    async run(subject) {
      const topic = await subject.topic('restart')
      await subject.log.append([textRecord(topic, null, 'v0')])
      const first = Promise.withResolvers<void>()
      const consumer = subject.log.consume({ group: subject.unique('restart'), topics: [topic] }, async (batch) => {
        first.resolve()
        return unlessAborted(batch.signal)
      })
      await subject.within(first.promise, 'the first batch')
      await subject.reopen()
      await subject.within(consumer.done, 'the consumer to end')
    },
  },
}
