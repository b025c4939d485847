import { expect } from 'vitest'
import type { LogPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'

export const read: LogPromise = {
  title: 'reads a partition from any offset in pieces of any size, and tells where to go on',
  async run(subject) {
    const topic = await subject.topic('read')
    const appended = await subject.log.append(numbered(20).map((value) => textRecord(topic, null, value)))
    const pieces: (string | null)[][] = []
    for (let from = appended[3]?.offset ?? 0; pieces.flat().length < 17; ) {
      const { records, next } = await subject.log.read({ topic, partition: 0, from, maxRecords: 5 })
      expect(records.length, 'records before the end of the partition').toBeGreaterThan(0)
      expect(next).toBeGreaterThan(records.at(-1)?.offset ?? 0)
      pieces.push(values(records))
      from = next
    }
    expect(pieces.flat()).toEqual(numbered(20).slice(3))
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(5)
    const [range] = await subject.log.ranges(topic)
    const end = range?.end ?? 0
    expect(await subject.log.read({ topic, partition: 0, from: end })).toEqual({ records: [], next: end })
  },
}

export const readBytes: LogPromise = {
  title: 'reads at most maxBytes at a time, but a single larger record still comes, alone',
  async run(subject) {
    const topic = await subject.topic('read-bytes')
    const sizes = [400, 400, 400, 3000, 400]
    await subject.log.append(sizes.map((size) => textRecord(topic, null, 'x'.repeat(size))))
    const pieces: number[][] = []
    for (let from = (await subject.log.ranges(topic))[0]?.start ?? 0; pieces.flat().length < sizes.length; ) {
      const { records, next } = await subject.log.read({ topic, partition: 0, from, maxBytes: 1000 })
      expect(records.length, 'records before the end of the partition').toBeGreaterThan(0)
      pieces.push(records.map(({ value }) => value?.length ?? 0))
      from = next
    }
    expect(pieces.flat()).toEqual(sizes)
    for (const piece of pieces) expect(piece.reduce((a, b) => a + b) <= 1000 || piece.length === 1).toBe(true)
    expect(pieces.length).toBeLessThan(sizes.length)
  },
}

export const readWaits: LogPromise = {
  title: 'waits for a first record as long as waitMs says, and no longer than it takes to come',
  async run(subject) {
    const topic = await subject.topic('read-waits')
    const from = (await subject.log.ranges(topic))[0]?.end ?? 0
    const begun = performance.now()
    expect((await subject.log.read({ topic, partition: 0, from, waitMs: 50 })).records).toEqual([])
    expect(performance.now() - begun).toBeGreaterThanOrEqual(45)
    const waiting = subject.log.read({ topic, partition: 0, from, waitMs: subject.patienceMs * 10 })
    await subject.log.append([textRecord(topic, null, 'come')])
    const { records } = await subject.within(waiting, 'the record that was waited for')
    expect(values(records)).toEqual(['come'])
  },
}

export const readAborted: LogPromise = {
  title: 'ends a waiting read with the reason of its signal',
  async run(subject) {
    const topic = await subject.topic('read-aborted')
    const wanted = { topic, partition: 0, from: 0, waitMs: subject.patienceMs * 10 }
    const stop = new AbortController()
    const reason = new Error('no longer needed')
    const waiting = expect(subject.log.read({ ...wanted, signal: stop.signal })).rejects.toBe(reason)
    stop.abort(reason)
    await subject.within(waiting, 'the read to end')
    const before = subject.log.read({ ...wanted, signal: AbortSignal.abort(reason) })
    await expect(subject.within(before, 'the read to end')).rejects.toBe(reason)
  },
}

export const readWhileClosing: LogPromise = {
  title: 'ends a waiting read when the log is closed',
  async run(subject) {
    const topic = await subject.topic('read-closing')
    const waiting = subject.log.read({ topic, partition: 0, from: 0, waitMs: subject.patienceMs * 10 })
    const ended = waiting.then(
      ({ records }) => expect(records).toEqual([]),
      (error) => expect(error).toMatchObject({ code: 'PRV_LOG_CLOSED' }),
    )
    await subject.within(subject.log.close(), 'the log to close')
    await subject.within(ended, 'the read to end')
  },
}
