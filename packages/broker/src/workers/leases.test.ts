import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Consumer, Log } from '@portreeve/log'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Leases, leasePartitions, leaseTopic } from './leases.ts'

const waiting = { timeout: 15_000 }

describe('leases', () => {
  let log: Log
  let folder: string
  const consumers: Consumer[] = []
  const stop = new AbortController()
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workers-'))
    log = await openSqliteLog({ folder })
    await log.createTopic({ name: leaseTopic, partitions: leasePartitions })
  })
  afterEach(async () => {
    stop.abort()
    for (const consumer of consumers.splice(0)) await consumer.stop()
    await log.close()
    await rm(folder, { recursive: true, force: true })
  })

  function worker(): { readonly leases: Leases; readonly consumer: Consumer } {
    const leases = new Leases()
    const consumer = leases.consume(log)
    consumers.push(consumer)
    return { leases, consumer }
  }

  it('let a work run on one worker at a time, and on another once that one has left and its work has ended', async () => {
    const [first, second] = [worker(), worker()]
    const names = ['inbox', 'crm', 'timers', 'replays', 'housekeeping']
    let most = 0
    const running = new Map<string, string[]>(names.map((name) => [name, []]))
    const run = (by: string, { leases }: { leases: Leases }) =>
      names.map((name) =>
        leases.run(name, stop.signal, async (signal) => {
          const here = running.get(name) ?? []
          here.push(by)
          most = Math.max(most, here.length)
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
          // What is in hand is brought to its end.
          await new Promise((resolve) => setTimeout(resolve, 100))
          here.splice(here.indexOf(by), 1)
        }),
      )
    const works = [...run('first', first), ...run('second', second)]
    const everywhere = () => [...running.values()].every((here) => here.length === 1)
    await vi.waitFor(() => expect(everywhere()).toBe(true), waiting)
    await first.consumer.stop()
    await vi.waitFor(() => expect([...running.values()]).toEqual(names.map(() => ['second'])), waiting)
    expect(most).toBe(1)
    stop.abort()
    await Promise.all(works)
  })

  it('are over when the work ends by itself, and pass on why it failed', async () => {
    const { leases } = worker()
    const signal = new AbortController().signal
    let times = 0
    await leases.run('once', signal, async () => {
      times += 1
    })
    expect(times).toBe(1)
    const failing = leases.run('fails', signal, () => Promise.reject(new Error('no such folder')))
    await expect(failing).rejects.toThrow('no such folder')
  })
})
