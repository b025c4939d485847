import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { openState, writeChange } from '@portreeve/state'
import { describe, expect, it, vi } from 'vitest'
import { joinWorkers, workerTopics } from './join-workers.ts'
import { stateTopic } from './shared-state.ts'

describe('workers', () => {
  it('keep a lease that another one, who was frozen, takes late: its work begins again, and its cursor is taken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'workers-'))
    const log = await openSqliteLog({ folder })
    for (const topic of workerTopics) await log.createTopic(topic)
    const state = openState({ path: ':memory:' })
    const stop = new AbortController()
    const workers = joinWorkers(log, state)
    const told: string[] = []
    workers.tellFaultsTo({ failed: (what) => void told.push(what), recovered: () => undefined })
    let began = 0
    const ended = workers.onOne('inbox', stop.signal, async (signal) => {
      began += 1
      await workers.state.cursors.set('inbox', `${began}`)
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    })
    const cursor = () => workers.state.cursors.get('inbox')
    await vi.waitFor(async () => expect(await cursor()).toBe('1'), { timeout: 15_000 })
    const late = writeChange({ kind: 'take', told: ['inbox', '', 0], at: Date.now(), by: 'frozen', id: 'late' })
    await log.append([{ topic: stateTopic, key: null, value: late, headers: [] }])
    await vi.waitFor(async () => expect(await cursor()).toBe('2'), { timeout: 15_000 })
    stop.abort()
    await ended
    expect(told).toEqual([])
    await workers[Symbol.asyncDispose]()
    state.close()
    await log.close()
    await rm(folder, { recursive: true, force: true })
  })
})
