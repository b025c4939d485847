import { expect, it } from 'vitest'
import { CallGate } from './call-gate.ts'

const minute = 60_000
const never = new AbortController().signal

it('lets what is under way finish, and sends nothing of what comes after it was closed', async () => {
  const gate = new CallGate()
  const office = Promise.withResolvers<string>()
  const first = gate.pass(never, () => office.promise)
  gate.close()
  const stop = new AbortController()
  let wasCalled = false
  const second = gate.pass(stop.signal, async () => {
    wasCalled = true
  })
  let isIdle = false
  const idle = gate.idle(minute, never).then(() => {
    isIdle = true
  })
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  expect(isIdle).toBe(false)
  office.resolve('taken')
  expect(await first).toBe('taken')
  await idle
  stop.abort()
  await expect(second).rejects.toMatchObject({ code: 'PRV_BROKER_STOPPING' })
  expect(wasCalled).toBe(false)

  gate.open()
  expect(await gate.pass(never, async () => 'again')).toBe('again')
})

it('does not wait for ever for a call that never comes back', async () => {
  const gate = new CallGate()
  void gate.pass(never, () => new Promise(() => undefined))
  await gate.idle(1, never)
  const stop = new AbortController()
  const idle = gate.idle(minute, stop.signal)
  stop.abort()
  await idle
})
