import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openState } from './index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const entry = {
  key: 'k',
  messageId: 'm',
  reference: 'R',
  place: { topic: 't', partition: 0, offset: 1 },
  since: new Date(0),
}

describe('state', () => {
  it('keeps all that was acknowledged when the process is killed', async () => {
    const index = JSON.stringify(new URL('./index.ts', import.meta.url).href)
    const path = join(folder, 'state.db')
    const script = `
      const { openState } = await import(${index})
      const state = openState({ path: ${JSON.stringify(path)} })
      const entry = ${JSON.stringify(entry)}
      await state.seen.claim('s', [{ id: 'a', place: 'p' }])
      await state.attempts.begin('r', 't', 0, { batchId: 'b', messageIds: ['m'], startedAt: new Date(0), attempt: 1, lastOffset: 0, offsets: [0] })
      await state.parked.park('r', [{ ...entry, since: new Date(0), failure: { code: 'C', reason: 'why' } }])
      await state.cursors.set('l', '1')
      process.kill(process.pid, 'SIGKILL')`
    expect(() => execFileSync(process.execPath, ['--input-type=module', '--eval', script])).toThrow()
    using state = openState({ path })
    expect(await state.seen.winner('s', 'a')).not.toBeNull()
    expect(await state.attempts.openAttempts('r', 't', 0)).toHaveLength(1)
    expect(await state.parked.parkedKeys('r', ['k'])).toEqual(new Set(['k']))
    expect(await state.cursors.get('l')).toBe('1')
  })

  it('lets one process own it, and says so to a second opener', () => {
    const path = join(folder, 'state.db')
    using _first = openState({ path })
    expect(() => openState({ path })).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_OWNED' }))
  })

  it('answers a full disk, keeps what it had, and goes on when there is room', async () => {
    const path = join(folder, 'state.db')
    {
      using state = openState({ path, maxPageCount: 40 })
      await state.cursors.set('l', '1')
      const large = [{ id: 'a', place: 'x'.repeat(400_000) }]
      await expect(state.seen.claim('s', large)).rejects.toMatchObject({ code: 'PRV_DATABASE_DISK_FULL' })
      expect(await state.seen.winner('s', 'a')).toBeNull()
    }
    using state = openState({ path })
    expect(await state.cursors.get('l')).toBe('1')
    await state.seen.claim('s', [{ id: 'a', place: 'p' }])
  })

  it('rejects after close', async () => {
    const state = openState({ path: ':memory:' })
    state.close()
    state.close()
    await expect(state.cursors.get('l')).rejects.toMatchObject({ code: 'PRV_DATABASE_CLOSED' })
  })

  it('opens a folder of format 1 and finds in it all that was kept', async () => {
    const path = join(folder, 'state.db')
    cpSync(new URL('./golden/format-1/state.db', import.meta.url), path)
    using state = openState({ path })
    expect(await state.seen.winner('accepted', 'a')).toEqual({ place: 't/0/7', note: 'REF-1' })
    expect(await state.attempts.openAttempts('route.voa', 't', 0)).toEqual([
      {
        batchId: 'b',
        messageIds: ['m1', 'm2'],
        startedAt: new Date('2026-01-02T03:04:05Z'),
        attempt: 2,
        lastOffset: Number.MAX_SAFE_INTEGER,
        offsets: null,
      },
    ])
    expect(await state.cursors.get('revenues')).toBe('cursor 1')
    expect(await state.parked.nextReleased('route.voa')).toMatchObject({
      key: 'released',
      messageId: 'm1',
      place: { topic: 't', partition: 0, offset: 1 },
      failure: { code: 'BA1', reason: 'why' },
      editedBody: new Uint8Array(Buffer.from('edited')),
      sentAs: null,
    })
    const { keys } = await state.parked.list()
    expect(keys.map(({ key, state: is, behind }) => [key, is, behind])).toEqual([
      ['released', 'released', 1],
      ['parked', 'parked', 0],
    ])
  })
})
