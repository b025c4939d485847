import { expect } from 'vitest'
import type { Capabilities } from '../../declaration.ts'
import type { AdapterPromise, FlaggedPromise } from '../adapter-promise.ts'

type Method = 'poll' | 'receive' | 'send' | 'lookup' | 'request'

function method(flag: Method): FlaggedPromise {
  const has = (expected: boolean): AdapterPromise => ({
    title: `${expected ? 'has' : 'has no'} ${flag}, as declared`,
    async run(subject) {
      expect(typeof (await subject.open())[flag] !== 'undefined').toBe(expected)
    },
  })
  return { flag, whenTrue: has(true), whenFalse: has(false) }
}

export const poll = method('poll')
export const receive = method('receive')
export const send = method('send')
export const lookup = method('lookup')
export const request = method('request')

export const consistent: AdapterPromise = {
  title: 'declares nothing about sending unless it can send',
  async run({ declaration: { capabilities } }) {
    const aboutSending: readonly (keyof Capabilities)[] = ['idempotentSend', 'lookup', 'keepsOrder']
    const declared = aboutSending.filter((flag) => capabilities[flag])
    expect(capabilities.send ? [] : declared).toEqual([])
  },
}
