import { expect } from 'vitest'
import type { FlaggedPromise, LogPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'
import type { Subject } from '../subject.ts'
import { atLeast, isCountOf } from '../subject.ts'

export const writeSet: LogPromise = {
  title: 'applies a write set: records to several topics in their order, and the position behind what was finished',
  async run(subject) {
    const topic = await subject.topic('in')
    const [one, two] = [await subject.topic('out-one'), await subject.topic('out-two', { partitions: 2 })]
    const group = subject.unique('write-set')
    await subject.log.append(numbered(10).map((value) => textRecord(topic, null, value)))
    await subject.consumeUntil({ group, topics: [topic], maxRecords: 4 }, atLeast(10), async ({ records }) => {
      const append = values(records).flatMap((value) => [
        textRecord(one, null, `${value}:a`),
        { ...textRecord(two, null, `${value}:b`), partition: 1 },
      ])
      return { append, finished: records.length }
    })
    expect(values(await subject.everything(one))).toEqual(numbered(10).map((value) => `${value}:a`))
    expect(values(await subject.everything(two, 1))).toEqual(numbered(10).map((value) => `${value}:b`))
    expect(await subject.log.lag(group, topic)).toBe(0)
  },
}

export const atomicWriteSet: FlaggedPromise = {
  flag: 'atomicWriteSet',
  whenTrue: {
    title: 'applies nothing of a write set that cannot be applied whole, and ends the consumer with the reason',
    async run(subject) {
      const { out, group, topic } = await halfBadWriteSet(subject)
      expect(values(await subject.everything(out))).toEqual([])
      expect(await subject.log.lag(group, topic)).toSatisfy(isCountOf(subject, 3))
      expect(values(await subject.consumeUntil({ group, topics: [topic] }, atLeast(3)))).toEqual(numbered(3))
    },
  },
  whenFalse: {
    title: 'may leave a part of a write set behind, and ends the consumer with the reason',
    async run(subject) {
      const { out, group, topic } = await halfBadWriteSet(subject)
      const isPartial = (await subject.everything(out)).length > 0 || (await subject.log.lag(group, topic)) < 3
      expect(isPartial).toBe(true)
    },
  },
}

export const shownTogether: FlaggedPromise = {
  flag: 'atomicWriteSet',
  whenTrue: {
    title: 'shows no record of a write set before the position that goes with it',
    async run(subject) {
      expect(await shownTooSoon(subject)).toBe(false)
    },
  },
  whenFalse: {
    title: 'may show records of a write set before the position that goes with them',
    async run(subject) {
      expect(await shownTooSoon(subject)).toBe(true)
    },
  },
}

export const positionOnly: LogPromise = {
  title: 'moves a position without records, and appends without moving it',
  async run(subject) {
    const topic = await subject.topic('only')
    const out = await subject.topic('only-out')
    const group = subject.unique('only')
    await subject.log.append(numbered(2).map((value) => textRecord(topic, null, value)))
    let calls = 0
    await subject.consumeUntil({ group, topics: [topic] }, atLeast(4), async () => {
      calls++
      return calls === 1 ? { append: [textRecord(out, null, 'first')], finished: 0 } : { append: [], finished: 2 }
    })
    expect(values(await subject.everything(out))).toEqual(['first'])
    expect(await subject.log.lag(group, topic)).toBe(0)
  },
}

/** Looks at the records first and at the position afterwards, again and again while write sets are applied. */
async function shownTooSoon(subject: Subject): Promise<boolean> {
  const topic = await subject.topic('together')
  const out = await subject.topic('together-out')
  const group = subject.unique('together')
  const appended = await subject.log.append(numbered(60).map((value) => textRecord(topic, null, value)))
  let isTooSoon = false
  let isDone = false
  const look = async () => {
    while (!isDone) {
      const shown = (await subject.everything(out)).length
      const next = (await subject.log.positions(group))[0]?.offset ?? 0
      if (shown > appended.filter(({ offset }) => offset < next).length) isTooSoon = true
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const consumed = subject
    .consumeUntil({ group, topics: [topic], maxRecords: 1 }, atLeast(60), async ({ records }) => {
      return { append: [textRecord(out, null, values(records)[0] ?? null)], finished: 1 }
    })
    .finally(() => {
      isDone = true
    })
  await Promise.all([consumed, look()])
  expect((await subject.everything(out)).length).toBe(60)
  return isTooSoon
}

async function halfBadWriteSet(subject: Subject) {
  const topic = await subject.topic('atomic')
  const out = await subject.topic('atomic-out')
  const group = subject.unique('atomic')
  await subject.log.append(numbered(3).map((value) => textRecord(topic, null, value)))
  const append = [textRecord(out, null, 'good'), textRecord(subject.unique('missing'), null, 'bad')]
  const consumer = subject.log.consume({ group, topics: [topic] }, async ({ records }) => {
    return { append, finished: records.length }
  })
  await expect(subject.within(consumer.done, 'the consumer to end')).rejects.toMatchObject({
    code: 'PRV_LOG_TOPIC_UNKNOWN',
  })
  return { topic, out, group }
}
