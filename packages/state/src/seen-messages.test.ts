import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openState } from './index.ts'

const memory = (now?: () => Date) => openState({ path: ':memory:', ...(now && { now }) })

describe('seen messages', () => {
  it('gives an id to the first place that shows it, and to no other', async () => {
    using state = memory()
    expect(await state.seen.claim('inbox', [{ id: 'a', place: 't/0/1' }])).toEqual([true])
    expect(await state.seen.claim('inbox', [{ id: 'a', place: 't/0/2' }])).toEqual([false])
    expect(await state.seen.claim('inbox', [{ id: 'a', place: 't/0/1' }])).toEqual([true])
  })

  it('answers per message in the order asked, and lets the first of one call win', async () => {
    using state = memory()
    const answers = await state.seen.claim('inbox', [
      { id: 'a', place: 't/0/1' },
      { id: 'b', place: 't/0/2' },
      { id: 'a', place: 't/0/3' },
      { id: 'b', place: 't/0/2' },
      { id: 'c', place: 't/0/4' },
    ])
    expect(answers).toEqual([true, true, false, true, true])
  })

  it('keeps scopes apart', async () => {
    using state = memory()
    await state.seen.claim('one', [{ id: 'a', place: 't/0/1' }])
    expect(await state.seen.claim('two', [{ id: 'a', place: 't/0/2' }])).toEqual([true])
    expect(await state.seen.winner('one', 'a')).toMatchObject({ place: 't/0/1' })
  })

  it('tells who has an id and the note that came with it, and never overwrites them', async () => {
    using state = memory()
    await state.seen.claim('inbox', [{ id: 'a', place: 't/0/1', note: 'PR-7' }])
    await state.seen.claim('inbox', [{ id: 'a', place: 't/0/2', note: 'PR-8' }])
    expect(await state.seen.winner('inbox', 'a')).toEqual({ place: 't/0/1', note: 'PR-7' })
    expect(await state.seen.winner('inbox', 'b')).toBeNull()
  })

  it('remembers over a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'state-'))
    try {
      const path = join(folder, 'state.db')
      {
        using state = openState({ path })
        await state.seen.claim('inbox', [{ id: 'a', place: 't/0/1' }])
      }
      using state = openState({ path })
      expect(await state.seen.claim('inbox', [{ id: 'a', place: 't/0/9' }])).toEqual([false])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('forgets what was first seen before the given moment, in any number, and nothing younger', async () => {
    let clock = new Date('2026-01-01T00:00:00Z')
    using state = memory(() => clock)
    const many = Array.from({ length: 12_000 }, (_, index) => ({ id: `old-${index}`, place: 't/0/1' }))
    await state.seen.claim('inbox', many)
    clock = new Date('2026-02-01T00:00:00Z')
    await state.seen.claim('inbox', [
      { id: 'young', place: 't/0/2' },
      { id: 'old-5', place: 't/0/1' },
    ])
    expect(await state.seen.forget(clock)).toBe(12_000)
    expect(await state.seen.winner('inbox', 'old-5')).toBeNull()
    expect(await state.seen.winner('inbox', 'young')).not.toBeNull()
  })
})
