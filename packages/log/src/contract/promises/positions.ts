import { expect } from 'vitest'
import type { LogPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'
import { atLeast, finishAll, isCountOf, unlessAborted } from '../subject.ts'

export const positions: LogPromise = {
  title: 'tells where each group goes on: nowhere before it began, then the offset that is handed out next',
  async run(subject) {
    const topic = await subject.topic('positions')
    const group = subject.unique('positions')
    expect(await subject.log.positions(group)).toEqual([])
    expect(await subject.log.groups()).not.toContain(group)
    const appended = await subject.log.append(numbered(6).map((value) => textRecord(topic, null, value)))
    let batches = 0
    await subject.consumeUntil({ group, topics: [topic] }, atLeast(1), async ({ signal }) => {
      batches++
      return batches === 1 ? { append: [], finished: 1 } : unlessAborted(signal)
    })
    const [position] = await subject.log.positions(group)
    expect(position).toMatchObject({ topic, partition: 0, metadata: null })
    expect(position?.offset).toBeGreaterThan(appended[0]?.offset ?? 0)
    expect(position?.offset).toBeLessThanOrEqual(appended[1]?.offset ?? 0)
    expect(values(await subject.consumeUntil({ group, topics: [topic] }, atLeast(5)))).toEqual(numbered(6).slice(1))
    expect(await subject.log.groups()).toContain(group)
  },
}

export const lag: LogPromise = {
  title: 'tells how many records a group has yet to finish, over all partitions, and 0 exactly when none is left',
  async run(subject) {
    const topic = await subject.topic('lag', { partitions: 3 })
    const group = subject.unique('lag')
    expect(await subject.log.lag(group, topic)).toBe(0)
    const records = numbered(9).map((value, index) => ({ ...textRecord(topic, null, value), partition: index % 3 }))
    await subject.log.append(records)
    const before = await subject.log.lag(group, topic)
    expect(before).toSatisfy(isCountOf(subject, 9))
    const finished: number[] = []
    const consumer = subject.log.consume({ group, topics: [topic], maxRecords: 2 }, async (batch) => {
      // One batch of two records from one partition only; the others are left where they are.
      if (batch.partition !== 1 || finished.length > 0) return unlessAborted(batch.signal)
      finished.push(batch.records.length)
      return finishAll(batch)
    })
    await subject.within(
      until(async () => (await subject.log.lag(group, topic)) < before),
      'the lag to fall',
    )
    await consumer.stop()
    expect(await subject.log.lag(group, topic)).toSatisfy(isCountOf(subject, 7))
    await subject.consumeUntil({ group, topics: [topic] }, atLeast(7))
    expect(await subject.log.lag(group, topic)).toBe(0)
  },
}

export const seek: LogPromise = {
  title: 'moves a stopped group back and forth, durably, and refuses to move one that runs',
  async run(subject) {
    const topic = await subject.topic('seek')
    const options = { group: subject.unique('seek'), topics: [topic] }
    const appended = await subject.log.append(numbered(5).map((value) => textRecord(topic, null, value)))
    await subject.consumeUntil(options, atLeast(5))
    const [, second, , fourth] = appended
    if (second === undefined || fourth === undefined) throw new Error('append gave back too few positions')
    await subject.log.seek(options.group, second)
    if (subject.capabilities.durable) await subject.reopen()
    expect(values(await subject.consumeUntil(options, atLeast(4)))).toEqual(['v1', 'v2', 'v3', 'v4'])
    await subject.log.seek(options.group, second)
    await subject.log.seek(options.group, fourth)
    expect(values(await subject.consumeUntil(options, atLeast(2)))).toEqual(['v3', 'v4'])
    await subject.log.seek(options.group, second)
    const entered = Promise.withResolvers<void>()
    const consumer = subject.log.consume(options, ({ signal }) => {
      entered.resolve()
      return unlessAborted(signal)
    })
    await subject.within(entered.promise, 'the group to run')
    await expect(subject.log.seek(options.group, fourth)).rejects.toMatchObject({ code: 'PRV_LOG_GROUP_RUNNING' })
    await consumer.stop()
  },
}

export const seekOutside: LogPromise = {
  title: 'refuses to move a group to where nothing has been written',
  async run(subject) {
    const topic = await subject.topic('seek-outside')
    const group = subject.unique('seek-outside')
    await subject.log.append([textRecord(topic, null, 'v0')])
    const [range] = await subject.log.ranges(topic)
    const offset = (range?.end ?? 0) + 100
    await expect(subject.log.seek(group, { topic, partition: 0, offset })).rejects.toMatchObject({
      code: 'PRV_LOG_OFFSET_BEYOND_END',
    })
    await expect(subject.log.read({ topic, partition: 0, from: offset })).rejects.toMatchObject({
      code: 'PRV_LOG_OFFSET_BEYOND_END',
    })
    expect(await subject.log.positions(group)).toEqual([])
  },
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
}
