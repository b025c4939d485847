import { expect } from 'vitest'
import type { AdapterPromise, FlaggedPromise } from '../adapter-promise.ts'
import { batchOf } from '../subject.ts'

function counts(title: string, times: number): AdapterPromise {
  return {
    title,
    async run(subject) {
      const message = subject.needed('message')
      const batch = batchOf(message('good', 1), message('good', 2))
      const states = []
      // The second time as after a restart.
      for (const adapter of [await subject.open(), await subject.open()]) {
        const outcomes = (await adapter.send?.(batch, subject.signal)) ?? []
        states.push(outcomes.map(({ state }) => state))
      }
      const delivered = ['delivered', 'delivered']
      expect(states).toEqual([delivered, delivered])
      expect(await subject.effectsOf(batch.messages)).toEqual([times, times])
    },
  }
}

/** An adapter that cannot send is silent on this: `idempotentSend` without `send` is objected to elsewhere. */
const silent: AdapterPromise = { title: 'sends nothing, so nothing twice', run: async () => {} }

export const sentTwice: FlaggedPromise = {
  flag: 'idempotentSend',
  whenTrue: counts('sends the same batch twice, and it counts once', 1),
  whenFalse: {
    title: 'sends the same batch twice, and it counts twice',
    run: (subject) => (subject.declaration.capabilities.send ? counts('', 2) : silent).run(subject),
  },
}
