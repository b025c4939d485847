import { expect } from 'vitest'
import type { FlaggedPromise } from '../adapter-promise.ts'
import { batchOf } from '../subject.ts'

export const sentBefore: FlaggedPromise = {
  flag: 'lookup',
  whenTrue: {
    title: 'knows after a restart what became of a batch, and writes nothing by asking',
    async run(subject) {
      const message = subject.needed('message')
      const batch = batchOf(message('good', 1), message('good', 2))
      const sent = await (await subject.open()).send?.(batch, subject.signal)
      const asked = await (await subject.open()).lookup?.(batch, subject.signal)
      expect(asked).toEqual(sent)
      expect(await subject.effectsOf(batch.messages)).toEqual([1, 1])
    },
  },
  whenFalse: null,
}

export const neverSent: FlaggedPromise = {
  flag: 'lookup',
  whenTrue: {
    title: 'says of a batch that was never sent that it was not taken',
    async run(subject) {
      const message = subject.needed('message')
      const batch = batchOf(message('good', 1))
      const outcomes = (await (await subject.open()).lookup?.(batch, subject.signal)) ?? []
      expect(outcomes.map(({ state }) => state)).toEqual(['not-taken'])
      expect(await subject.effectsOf(batch.messages)).toEqual([0])
    },
  },
  whenFalse: null,
}

export const askedWhileDown: FlaggedPromise = {
  flag: 'lookup',
  whenTrue: {
    title: 'concludes nothing about a batch while the system is down',
    async run(subject) {
      const adapter = await subject.open()
      const batch = batchOf(subject.needed('message')('good', 1))
      await subject.standIn.misbehave.down()
      const states = await (adapter.lookup?.(batch, subject.signal) ?? Promise.resolve([])).then(
        (outcomes) => outcomes.map(({ state }) => state),
        () => ['unknown'],
      )
      expect(states).toEqual(['unknown'])
    },
  },
  whenFalse: null,
}
