import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Bell } from '../bell.ts'
import { BrokerEvents } from '../events.ts'
import { readReplays, replayRecord } from './replay-records.ts'
import { replayTopic } from './replay-topic.ts'
import { type ReplayWork, runReplaysUntilStopped } from './run-replays.ts'

describe('a replay to a receiver that this configuration does not have', () => {
  let folder: string
  let log: ReplayWork['log']
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'replays-'))
    log = await openSqliteLog({ folder })
    await log.createTopic({ name: replayTopic })
    const at = new Date(0).toISOString()
    const decided = { by: 'kim', why: 'lost', receiver: 'voa', again: false, ranges: [] }
    await log.append([replayRecord({ kind: 'started', replay: 'R1', at, ...decided })])
  })
  afterEach(async () => {
    await log.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function toldUntilOver(areMany: boolean): Promise<readonly unknown[]> {
    const told: unknown[] = []
    const stop = new AbortController()
    const events = new BrokerEvents({ failing: ({ code }) => void told.push(code) })
    const work = { log, events, receivers: [], areMany } as Partial<ReplayWork> as ReplayWork
    const running = runReplaysUntilStopped({
      ...work,
      now: () => new Date(0),
      decided: new Bell(),
      signal: stop.signal,
    })
    await vi.waitFor(async () => expect((await isEnded()) || told.length > 0).toBe(true), { timeout: 10_000 })
    stop.abort()
    await running
    return told
  }
  const isEnded = async () => (await readReplays(log)).some(({ ended }) => ended !== null)

  it('stays under way for a worker of several that has it, and is told', async () => {
    expect(await toldUntilOver(true)).toEqual(['PRV_BROKER_REPLAY_NOT_HERE'])
    expect(await isEnded()).toBe(false)
  })

  it('is over for a worker that is alone', async () => {
    expect(await toldUntilOver(false)).toEqual([])
    expect(await isEnded()).toBe(true)
  })
})
