import { expect, it } from 'vitest'
import { Bell } from './bell.ts'

const forever = 2 ** 30
const never = new AbortController().signal

it('wakes who sleeps', async () => {
  const bell = new Bell()
  const woken = bell.wait(forever, never)
  bell.ring()
  await woken
})

it('is heard later when nobody sleeps, and once', async () => {
  const bell = new Bell()
  bell.ring()
  bell.ring()
  await bell.wait(forever, never)
  let woken = false
  const second = bell.wait(forever, never).then(() => {
    woken = true
  })
  await Promise.resolve()
  expect(woken).toBe(false)
  bell.ring()
  await second
})

it('lets sleep no longer than the time or the signal', async () => {
  const bell = new Bell()
  await bell.wait(1, never)
  const stop = new AbortController()
  const stopped = bell.wait(forever, stop.signal)
  stop.abort()
  await stopped
  await bell.wait(forever, stop.signal)
})
