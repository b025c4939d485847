import { expect } from 'vitest'
import type { FlaggedPromise } from '../adapter-promise.ts'
import type { Subject } from '../subject.ts'

async function putThree(subject: Subject): Promise<void> {
  const put = subject.needed('put')
  for (const number of [1, 2, 3]) await put(number)
}

export const resumes: FlaggedPromise = {
  flag: 'poll',
  whenTrue: {
    title: 'goes on after a restart with what was not brought yet: nothing twice, nothing missing',
    async run(subject) {
      await putThree(subject)
      const first = await subject.pollUntil(await subject.open(), null, 1)
      const rest = await subject.pollUntil(await subject.open(), first.cursor, 2)
      const ids = [...first.polled, ...rest.polled].map(({ message }) => message.idSeed)
      expect(new Set(ids).size).toBe(3)
    },
  },
  whenFalse: null,
}

export const unsettled: FlaggedPromise = {
  flag: 'poll',
  whenTrue: {
    title: 'brings what was not settled again after a restart, as the same message',
    async run(subject) {
      await subject.needed('put')(1)
      const first = await subject.pollUntil(await subject.open(), null, 1, () => false)
      const again = await subject.pollUntil(await subject.open(), null, 1)
      expect(again.polled[0]?.message).toEqual(first.polled[0]?.message)
    },
  },
  whenFalse: null,
}

export const settledTwice: FlaggedPromise = {
  flag: 'poll',
  whenTrue: {
    title: 'takes it well when something is settled twice',
    async run(subject) {
      await subject.needed('put')(1)
      const { polled } = await subject.pollUntil(await subject.open(), null, 1)
      await polled[0]?.settle({ status: 'accepted', reference: 'R-1' })
    },
  },
  whenFalse: null,
}

export const emitted: FlaggedPromise = {
  flag: 'poll',
  whenTrue: {
    title: 'brings messages of the types that it declares, each with a key and an id',
    async run(subject) {
      await putThree(subject)
      const { polled } = await subject.pollUntil(await subject.open(), null, 3)
      for (const { message } of polled) {
        expect(subject.declaration.emits).toContain(message.type)
        expect([message.key, message.idSeed, message.contentType]).not.toContain('')
        // It becomes a header of a record.
        expect(message.idSeed).not.toMatch(/\p{Cc}/u)
      }
    },
  },
  whenFalse: null,
}
