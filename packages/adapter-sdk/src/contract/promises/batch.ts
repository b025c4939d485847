import { expect } from 'vitest'
import type { FlaggedPromise } from '../adapter-promise.ts'
import { batchOf } from '../subject.ts'

export const goodBadGood: FlaggedPromise = {
  flag: 'send',
  whenTrue: {
    title:
      'says of [good, bad, good] in its place that the bad one was not accepted, and counts what it says it delivered',
    async run(subject) {
      const adapter = await subject.open()
      const message = subject.needed('message')
      const batch = batchOf(message('good', 1), message('bad', 2), message('good', 3))
      for (const { envelope } of batch.messages) expect(subject.declaration.accepts).toContain(envelope.type)
      const outcomes = (await adapter.send?.(batch, subject.signal)) ?? []
      expect(outcomes).toHaveLength(3)
      expect(outcomes[1]?.state, 'the bad one').toMatch(/^(refused|not-taken)$/)
      // Neighbours of a bad one are delivered, or not taken because of it: never refused, never forgotten.
      expect(outcomes[0]?.state).toMatch(/^(delivered|not-taken)$/)
      expect(outcomes[2]?.state).toMatch(/^(delivered|not-taken)$/)
      const delivered = outcomes.map(({ state }) => (state === 'delivered' ? 1 : 0))
      expect(await subject.effectsOf(batch.messages)).toEqual(delivered)
    },
  },
  whenFalse: null,
}

export const allGood: FlaggedPromise = {
  flag: 'send',
  whenTrue: {
    title: "delivers what is good, with the system's word for it",
    async run(subject) {
      const adapter = await subject.open()
      const message = subject.needed('message')
      const batch = batchOf(message('good', 1), message('good', 2))
      const outcomes = (await adapter.send?.(batch, subject.signal)) ?? []
      expect(outcomes.map((outcome) => outcome.state === 'delivered' && outcome.proof !== '')).toEqual([true, true])
      expect(await subject.effectsOf(batch.messages)).toEqual([1, 1])
    },
  },
  whenFalse: null,
}

export const keepsOrder: FlaggedPromise = {
  flag: 'keepsOrder',
  whenTrue: {
    title: 'takes nothing of a batch behind a message that it did not take',
    async run(subject) {
      const adapter = await subject.open()
      const message = subject.needed('message')
      const batch = batchOf(message('good', 1), message('bad', 2), message('good', 3))
      const outcomes = (await adapter.send?.(batch, subject.signal)) ?? []
      const states = outcomes.map(({ state }) => state)
      const firstLeft = states.findIndex((state) => state === 'not-taken' || state === 'unknown')
      expect(firstLeft === -1 ? [] : states.slice(firstLeft)).not.toContain('delivered')
    },
  },
  whenFalse: null,
}

export const downIsNoRefusal: FlaggedPromise = {
  flag: 'send',
  whenTrue: {
    title: 'calls nothing delivered or refused while the system is down',
    async run(subject) {
      const adapter = await subject.open()
      const message = subject.needed('message')
      await subject.standIn.misbehave.down()
      const states = await (adapter.send?.(batchOf(message('good', 1)), subject.signal) ?? Promise.resolve([])).then(
        (outcomes) => outcomes.map(({ state }) => state),
        () => ['not-taken'],
      )
      expect(states).toHaveLength(1)
      expect(['not-taken', 'unknown']).toContain(states[0])
    },
  },
  whenFalse: null,
}
