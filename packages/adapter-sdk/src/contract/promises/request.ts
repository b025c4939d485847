import { isPortreeveError } from '@portreeve/errors'
import { expect } from 'vitest'
import type { FlaggedPromise } from '../adapter-promise.ts'

export const answers: FlaggedPromise = {
  flag: 'request',
  whenTrue: {
    title: 'answers what the system knows and what it does not, the same again after a restart',
    async run(subject) {
      const questions = subject.needed('questions')()
      expect(questions.length, 'questions of the stand-in').toBeGreaterThan(1)
      for (const adapter of [await subject.open(), await subject.open()]) {
        for (const { question, answer } of questions) {
          expect(await adapter.request?.(question, subject.signal), JSON.stringify(question)).toEqual(answer)
        }
      }
    },
  },
  whenFalse: null,
}

export const writesNothing: FlaggedPromise = {
  flag: 'request',
  whenTrue: {
    title: 'writes nothing by being asked',
    async run(subject) {
      const questions = subject.needed('questions')()
      const adapter = await subject.open()
      const before = await subject.standIn.state?.()
      for (const { question } of questions) await adapter.request?.(question, subject.signal)
      expect(await subject.standIn.state?.()).toBe(before)
    },
  },
  whenFalse: null,
}

export const askedWhileDown: FlaggedPromise = {
  flag: 'request',
  whenTrue: {
    title: 'answers nothing while the system is down, and says why: a guess would pass for an answer',
    async run(subject) {
      const questions = subject.needed('questions')()
      const adapter = await subject.open()
      await subject.standIn.misbehave.down()
      for (const { question } of questions) {
        const answer = await (adapter.request?.(question, subject.signal) ?? Promise.resolve(null)).catch(
          (thrown: unknown) => thrown,
        )
        expect(isPortreeveError(answer), JSON.stringify(answer)).toBe(true)
      }
    },
  },
  whenFalse: null,
}
