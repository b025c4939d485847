import { describe, expect, it } from 'vitest'
import { openState } from './index.ts'

const attempt = (batchId: string, number = 1) => ({
  batchId,
  messageIds: [`${batchId}-2`, `${batchId}-1`],
  startedAt: new Date(`2026-03-01T10:00:0${number}Z`),
  attempt: number,
  lastOffset: 41,
  offsets: [40, 41],
})

describe('attempts', () => {
  it('lists what is open for one receiver and partition, oldest first, as it was begun', async () => {
    using state = openState({ path: ':memory:' })
    await state.attempts.begin('r.voa', 't', 0, attempt('z'))
    await state.attempts.begin('r.voa', 't', 0, attempt('a'))
    await state.attempts.begin('r.voa', 't', 1, attempt('other partition'))
    await state.attempts.begin('r.crm', 't', 0, attempt('z'))
    expect(await state.attempts.openAttempts('r.voa', 't', 0)).toEqual([attempt('z'), attempt('a')])
  })

  it('keeps a batch that begins again one attempt, in its place', async () => {
    using state = openState({ path: ':memory:' })
    await state.attempts.begin('r.voa', 't', 0, attempt('z'))
    await state.attempts.begin('r.voa', 't', 0, attempt('a'))
    await state.attempts.begin('r.voa', 't', 0, attempt('z', 2))
    expect(await state.attempts.openAttempts('r.voa', 't', 0)).toEqual([attempt('z', 2), attempt('a')])
  })

  it('lets a batch begin again elsewhere, as when a person sends it again', async () => {
    using state = openState({ path: ':memory:' })
    await state.attempts.begin('r.voa', 't', 0, attempt('z'))
    await state.attempts.begin('r.voa', 'parked', 0, attempt('z', 2))
    expect(await state.attempts.openAttempts('r.voa', 't', 0)).toEqual([])
    expect(await state.attempts.openAttempts('r.voa', 'parked', 0)).toEqual([attempt('z', 2)])
  })

  it('ends one attempt of one receiver, once or twice', async () => {
    using state = openState({ path: ':memory:' })
    await state.attempts.begin('r.voa', 't', 0, attempt('z'))
    await state.attempts.begin('r.crm', 't', 0, attempt('z'))
    await state.attempts.end('r.voa', 'z')
    await state.attempts.end('r.voa', 'z')
    expect(await state.attempts.openAttempts('r.voa', 't', 0)).toEqual([])
    expect(await state.attempts.openAttempts('r.crm', 't', 0)).toHaveLength(1)
  })
})
