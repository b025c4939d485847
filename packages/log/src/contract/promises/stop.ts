import { expect } from 'vitest'
import type { LogPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'
import { atLeast, finishAll, unlessAborted } from '../subject.ts'

export const stopWaits: LogPromise = {
  title: 'tells a running handler to stop, waits for it, and applies its write set',
  async run(subject) {
    const topic = await subject.topic('stop')
    const out = await subject.topic('stop-out')
    const group = subject.unique('stop')
    await subject.log.append(numbered(4).map((value) => textRecord(topic, null, value)))
    const entered = Promise.withResolvers<void>()
    const told = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    let batches = 0
    const consumer = subject.log.consume({ group, topics: [topic], maxRecords: 2 }, async ({ signal, records }) => {
      batches++
      signal.addEventListener('abort', () => told.resolve(), { once: true })
      entered.resolve()
      await released.promise
      return { append: [textRecord(out, null, 'written')], finished: records.length }
    })
    await subject.within(entered.promise, 'the first batch')
    let isStopped = false
    const stopped = consumer.stop().then(() => {
      isStopped = true
    })
    await subject.within(told.promise, 'the signal')
    expect(isStopped).toBe(false)
    released.resolve()
    await subject.within(stopped, 'the consumer to stop')
    await consumer.done
    expect(batches).toBe(1)
    expect(values(await subject.everything(out))).toEqual(['written'])
    expect(values(await subject.consumeUntil({ group, topics: [topic] }, atLeast(2)))).toEqual(['v2', 'v3'])
  },
}

export const giveUp: LogPromise = {
  title: 'ends without an error when a handler gives up because it was told to, with nothing finished',
  async run(subject) {
    const topic = await subject.topic('give-up')
    const group = subject.unique('give-up')
    await subject.log.append(numbered(2).map((value) => textRecord(topic, null, value)))
    const entered = Promise.withResolvers<void>()
    const consumer = subject.log.consume({ group, topics: [topic] }, ({ signal }) => {
      entered.resolve()
      return unlessAborted(signal)
    })
    await subject.within(entered.promise, 'the first batch')
    await subject.within(consumer.stop(), 'the consumer to stop')
    await consumer.done
    expect(values(await subject.consumeUntil({ group, topics: [topic] }, atLeast(2)))).toEqual(numbered(2))
  },
}

export const errorWhileStopping: LogPromise = {
  title: 'tells an error that a handler meets while it is being stopped',
  async run(subject) {
    const topic = await subject.topic('error-stop')
    await subject.log.append([textRecord(topic, null, 'v0')])
    const reason = new Error('broken while stopping')
    const entered = Promise.withResolvers<void>()
    const options = { group: subject.unique('error-stop'), topics: [topic] }
    const consumer = subject.log.consume(options, async ({ signal }) => {
      entered.resolve()
      await unlessAborted(signal).catch(() => undefined)
      throw reason
    })
    const done = expect(consumer.done).rejects.toBe(reason)
    await subject.within(entered.promise, 'the first batch')
    await subject.within(consumer.stop(), 'the consumer to stop')
    await done
  },
}

export const stopTwice: LogPromise = {
  title: 'stops, disposes and closes as often as it is asked to',
  async run(subject) {
    const topic = await subject.topic('twice')
    const consumer = subject.log.consume({ group: subject.unique('twice'), topics: [topic] }, finishAll)
    const idle = subject.log.consume({ group: subject.unique('idle'), topics: [topic] }, finishAll)
    await subject.within(Promise.all([consumer.stop(), consumer.stop()]), 'the consumer to stop twice at once')
    await subject.within(consumer.stop(), 'the consumer to stop again')
    await consumer[Symbol.asyncDispose]()
    await consumer.done
    await subject.within(Promise.all([subject.log.close(), subject.log.close()]), 'the log to close twice at once')
    await subject.within(subject.log.close(), 'the log to close again')
    await subject.log[Symbol.asyncDispose]()
    await subject.within(idle.done, 'the consumer of the closed log to end')
  },
}
