import { isPortreeveError } from '@portreeve/errors'
import { expect } from 'vitest'
import type { AdapterPromise } from '../adapter-promise.ts'
import { misbehaviours } from '../stand-in.ts'

export const passes: AdapterPromise = {
  title: 'passes its check at the system, and writes nothing there',
  async run(subject) {
    const adapter = await subject.open()
    const before = await subject.standIn.state?.()
    await adapter.check(subject.signal)
    await adapter.check(subject.signal)
    expect(await subject.standIn.state?.()).toBe(before)
  },
}

function failsWhen(how: (typeof misbehaviours)[number]): AdapterPromise {
  return {
    title: `fails its check with an error of the catalogue when the system ${how === 'refuses the login' ? how : `is ${how}`}`,
    async run(subject) {
      const misbehave = subject.standIn.misbehave[how]
      if (misbehave === undefined) return
      const adapter = await subject.open()
      await misbehave()
      const error = await adapter.check(subject.signal).then(
        () => 'passed',
        (thrown: unknown) => thrown,
      )
      expect(isPortreeveError(error), String(error)).toBe(true)
    },
  }
}

const [down, silent, refusesLogin] = misbehaviours
export const whenDown = failsWhen(down)
export const whenSilent = failsWhen(silent)
export const whenLoginRefused = failsWhen(refusesLogin)
