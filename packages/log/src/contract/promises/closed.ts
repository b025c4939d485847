import { expect } from 'vitest'
import type { Log } from '../../log.ts'
import type { LogPromise } from '../log-promise.ts'
import { textRecord } from '../records.ts'
import { finishAll } from '../subject.ts'

/** Every operation of the port; the type makes a new one be added here. */
type Operation = Exclude<keyof Log, 'capabilities' | 'close' | typeof Symbol.asyncDispose>

const operations: Readonly<Record<Operation, (log: Log, topic: string) => Promise<unknown>>> = {
  createTopic: (log, topic) => log.createTopic({ name: topic }),
  topics: (log) => log.topics(),
  compareTopics: (log, topic) => log.compareTopics([{ name: topic }]),
  alignTopic: (log, topic) =>
    log.alignTopic({ name: topic }, { topic, setting: 'topic', declared: 'there', actual: 'missing', change: 'set' }),
  ranges: (log, topic) => log.ranges(topic),
  append: (log, topic) => log.append([textRecord(topic, null, 'too late')]),
  consume: (log, topic) => log.consume({ group: topic, topics: [topic] }, finishAll).done,
  read: (log, topic) => log.read({ topic, partition: 0, from: 0 }),
  positions: (log, topic) => log.positions(topic),
  lag: (log, topic) => log.lag(topic, topic),
  groups: (log) => log.groups(),
  seek: (log, topic) => log.seek(topic, { topic, partition: 0, offset: 0 }),
  enforceRetention: (log) => log.enforceRetention({ groups: [], positions: [] }),
}

export const closed: LogPromise = {
  title: 'rejects every operation with PRV_LOG_CLOSED once close has begun',
  async run(subject) {
    const topic = await subject.topic('closed')
    const closing = subject.log.close()
    for (const moment of [undefined, closing]) {
      await moment
      for (const [name, operation] of Object.entries(operations)) {
        const outcome = subject.within(operation(subject.log, topic), `${name} of a closed log`)
        await expect(outcome, name).rejects.toMatchObject({ code: 'PRV_LOG_CLOSED' })
      }
    }
  },
}

export const capabilitiesKept: LogPromise = {
  title: 'declares its capabilities, frozen, before and after it is closed',
  async run(subject) {
    const { capabilities } = subject.log
    expect(capabilities).toEqual(subject.capabilities)
    expect(Object.isFrozen(capabilities)).toBe(true)
    await subject.log.close()
    expect(subject.log.capabilities).toBe(capabilities)
  },
}
