import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Adapter } from '../../adapter.ts'
import type { AdapterPromise } from '../adapter-promise.ts'
import { batchOf, type Subject } from '../subject.ts'

const settlesWithinMs = 1000

const operations: Readonly<
  Record<string, (adapter: Adapter, subject: Subject, signal: AbortSignal) => Promise<unknown>>
> = {
  check: (adapter, _subject, signal) => adapter.check(signal),
  async poll(adapter, _subject, signal) {
    for await (const _ of adapter.poll?.(null, signal) ?? []) break
  },
  async send(adapter, subject, signal) {
    if (adapter.send) await adapter.send(batchOf(subject.needed('message')('good', 1)), signal)
  },
  async request(adapter, subject, signal) {
    const [asked] = adapter.request ? subject.needed('questions')() : []
    if (asked) await adapter.request?.(asked.question, signal)
  },
  async lookup(adapter, subject, signal) {
    if (adapter.lookup) await adapter.lookup(batchOf(subject.needed('message')('good', 1)), signal)
  },
}

export const aborted: AdapterPromise = {
  title: 'lets go of whatever it does within a second of being told to stop',
  async run(subject) {
    const adapter = await subject.open()
    await subject.standIn.misbehave.silent?.()
    for (const [name, operation] of Object.entries(operations)) {
      const stop = new AbortController()
      const settled = operation(adapter, subject, stop.signal).then(
        () => 'settled',
        () => 'settled',
      )
      await Promise.race([sleep(50), settled])
      stop.abort()
      const outcome = await Promise.race([settled, sleep(settlesWithinMs).then(() => 'still busy')])
      expect(outcome, name).toBe('settled')
    }
  },
}
