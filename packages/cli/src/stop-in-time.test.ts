import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { stopInTime } from './stop-in-time.ts'

it('says when a stop takes too long, and not when it is over in time', async () => {
  const told: string[] = []
  await stopInTime(
    async () => {},
    () => told.push('in time'),
    20,
  )
  const holding = Promise.withResolvers<void>()
  const late = Promise.withResolvers<void>()
  const stopping = stopInTime(
    () => holding.promise,
    () => late.resolve(),
    20,
  )
  await late.promise
  holding.resolve()
  await stopping
  await sleep(40)
  expect(told).toEqual([])
})

it('passes on what went wrong in the stop', async () => {
  const fault = new TypeError('no stop')
  await expect(
    stopInTime(
      () => Promise.reject(fault),
      () => {},
      1000,
    ),
  ).rejects.toBe(fault)
})
