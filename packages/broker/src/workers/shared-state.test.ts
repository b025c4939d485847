import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '@portreeve/log'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { openState, type State } from '@portreeve/state'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SharedState, stateTopic } from './shared-state.ts'

const failure = { code: 'PRV_CORE_TRANSLATION', reason: 'no such street' }

describe('state that several workers share', () => {
  let log: Log
  let folder: string
  const faults: unknown[] = []
  const opened: (() => Promise<void>)[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workers-'))
    log = await openSqliteLog({ folder })
    await log.createTopic({ name: stateTopic })
    faults.length = 0
  })
  afterEach(async () => {
    for (const close of opened.splice(0)) await close()
    await log.close()
    await rm(folder, { recursive: true, force: true })
    expect(faults).toEqual([])
  })

  function joined(
    worker: string,
    state: State = openState({ path: ':memory:' }),
    read: Log['read'] = (options) => log.read(options),
  ): SharedState {
    const onFault = (error: unknown) => void faults.push(error)
    const through: Log = { ...log, append: (records) => log.append(records), read }
    const shared = new SharedState({ log: through, state, worker, onFault, onRecovered: () => undefined })
    opened.push(async () => {
      await shared.close()
      state.close()
    })
    return shared
  }

  const entry = (messageId: string, at = 0) => {
    const place = { topic: 'in', partition: at, offset: 1 }
    return { key: 'house', messageId, reference: 'R', place, since: new Date(86_400_000), failure }
  }
  const attempt = { messageIds: ['m'], startedAt: new Date(1000), attempt: 1, lastOffset: 4, offsets: [4] }

  it('shows a worker that takes a partition all that was written down before, dates and bodies as they were', async () => {
    const [first, second] = [joined('first'), joined('second')]
    await first.state.attempts.begin('voa', 'in', 0, { batchId: 'b', ...attempt })
    await first.state.parked.park('voa', [entry('m')])
    await first.state.parked.release('voa', 'house', { by: 'kim', why: 'mended', editedBody: Buffer.from('<é/>') })
    await first.state.cursors.set('inbox', '17')
    await second.take('voa', 'in', 0)
    expect(await second.state.attempts.openAttempts('voa', 'in', 0)).toEqual([{ batchId: 'b', ...attempt }])
    expect(await second.state.cursors.get('inbox')).toBe('17')
    const released = await second.state.parked.nextReleased('voa', [{ topic: 'in', partition: 0 }])
    expect(released).toMatchObject({ messageId: 'm', since: new Date(86_400_000), failure })
    expect(Buffer.from(released?.editedBody ?? []).toString()).toBe('<é/>')
    expect(await second.state.parked.nextReleased('voa', [{ topic: 'in', partition: 1 }])).toBeNull()
  })

  it('lets one who comes with an empty folder have the whole', async () => {
    const first = joined('first')
    for (const id of ['a', 'b', 'c']) await first.state.parked.park('voa', [entry(id)])
    await first.state.parked.settle('voa', 'b')
    const late = joined('late')
    await late.take('voa', 'in', 0)
    expect(await late.state.parked.waiting('voa', ['a', 'b', 'c'])).toEqual(
      await first.state.parked.waiting('voa', ['a', 'b', 'c']),
    )
    expect((await late.state.parked.list()).keys).toEqual((await first.state.parked.list()).keys)
  })

  it('refuses who had a partition before, whatever it would still write, and changes nothing for it', async () => {
    const [first, second] = [joined('first'), joined('second')]
    await first.take('voa', 'in', 0)
    await first.state.attempts.begin('voa', 'in', 0, { batchId: 'b', ...attempt })
    await first.state.parked.park('voa', [entry('m')])
    await second.take('voa', 'in', 0)
    const moved = { code: 'PRV_LOG_PARTITION_MOVED' }
    await expect(first.state.attempts.begin('voa', 'in', 0, { batchId: 'c', ...attempt })).rejects.toMatchObject(moved)
    await expect(first.state.attempts.end('voa', 'b')).rejects.toMatchObject(moved)
    await expect(first.state.parked.park('voa', [entry('n')])).rejects.toMatchObject(moved)
    await expect(first.state.parked.settle('voa', 'm')).rejects.toMatchObject(moved)
    await expect(first.state.parked.conclude('voa', 'm', '{}')).rejects.toMatchObject(moved)
    expect(await second.state.attempts.openAttempts('voa', 'in', 0)).toHaveLength(1)
    expect([...(await second.state.parked.waiting('voa', ['m', 'n'])).keys()]).toEqual(['m'])
    // Others are none of its business.
    await first.state.attempts.begin('voa', 'in', 1, { batchId: 'd', ...attempt })
    await first.state.attempts.begin('crm', 'in', 0, { batchId: 'e', ...attempt })
    await second.state.attempts.end('voa', 'b')
  })

  it('refuses the cursor of who polled before under the same lease', async () => {
    const [first, second] = [joined('first'), joined('second')]
    await first.take('inbox', '', 0)
    await first.state.cursors.set('inbox', '1')
    await second.take('inbox', '', 0)
    await expect(first.state.cursors.set('inbox', '2')).rejects.toMatchObject({ code: 'PRV_LOG_PARTITION_MOVED' })
    expect(await first.state.cursors.get('inbox')).toBe('1')
    await second.state.cursors.set('inbox', '3')
  })

  it('lets one of two persons decide about a dead letter, and tells the other', async () => {
    const [first, second] = [joined('first'), joined('second')]
    await first.state.parked.park('voa', [entry('m')])
    const decided = await Promise.allSettled([
      first.state.parked.release('voa', 'house', { by: 'kim', why: 'mended' }),
      second.state.parked.release('voa', 'house', { by: 'sam', why: 'mended, too' }),
    ])
    expect(decided.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = decided.find((one) => one.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'PRV_STATE_KEY_NOT_PARKED' })
  })

  it('passes over what it cannot read, and goes on behind it', async () => {
    const first = joined('first')
    const garbage = ['', 'null', '{"kind":"begin"}', '{"kind":"unknown","told":[],"at":1}', '\u001f\u008b']
    for (const text of garbage) {
      await log.append([{ topic: stateTopic, key: null, value: Buffer.from(text, 'latin1'), headers: [] }])
    }
    await first.state.cursors.set('inbox', '1')
    expect(await first.state.cursors.get('inbox')).toBe('1')
  })

  it('lets who was frozen begin nothing that another has taken meanwhile, if it reads both at once', async () => {
    const gate = new Gate()
    const [first, second] = [joined('first', undefined, gate.reading(log)), joined('second')]
    await first.take('voa', 'in', 0)
    await gate.shut()
    const begun = first.state.attempts.begin('voa', 'in', 0, { batchId: 'b', ...attempt })
    const confirmed = first.confirm('voa', 'in', 0)
    const elsewhere = first.state.attempts.begin('crm', 'in', 0, { batchId: 'c', ...attempt })
    const all = Promise.allSettled([begun, confirmed, elsewhere])
    await vi.waitFor(async () => expect(await written()).toBe(4))
    await second.take('voa', 'in', 0)
    gate.open()
    const moved = { status: 'rejected', reason: { code: 'PRV_LOG_PARTITION_MOVED' } }
    expect(await all).toMatchObject([moved, moved, { status: 'fulfilled' }])
    // It may have been sent, for all that the other one can know.
    expect(await second.state.attempts.openAttempts('voa', 'in', 0)).toHaveLength(1)
  })

  it('lets who was frozen between reading and sending ask once more, and send nothing', async () => {
    const gate = new Gate()
    const [first, second] = [joined('first', undefined, gate.reading(log, 'after')), joined('second')]
    await first.take('voa', 'in', 0)
    await gate.shut()
    const begun = first.state.attempts.begin('voa', 'in', 0, { batchId: 'b', ...attempt })
    const refused = expect(begun).rejects.toMatchObject({ code: 'PRV_LOG_PARTITION_MOVED' })
    await vi.waitFor(() => expect(gate.waiting).toBe(1))
    await second.take('voa', 'in', 0)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11_000 })
    gate.open()
    await refused
    vi.useRealTimers()
  })

  it('refuses what no other worker could take over, and goes on', async () => {
    const first = joined('first')
    await first.state.parked.park('voa', [entry('m')])
    const editedBody = new Uint8Array(13 * 1024 * 1024)
    const released = first.state.parked.release('voa', 'house', { by: 'kim', why: 'mended', editedBody })
    await expect(released).rejects.toMatchObject({ code: 'PRV_STATE_CHANGE_TOO_LARGE' })
    await first.state.parked.release('voa', 'house', { by: 'kim', why: 'mended' })
  })

  it('follows up to a change that only a later version knows, and says what to do', async () => {
    const [first, second] = [joined('first'), joined('second')]
    await first.state.cursors.set('inbox', '1')
    const later = Buffer.from('{"kind":"later","told":[],"at":1,"by":"x","id":"y"}')
    await log.append([{ topic: stateTopic, key: null, value: later, headers: [] }])
    await vi.waitFor(() => expect(faults.length).toBeGreaterThan(1))
    expect(faults.splice(0)).toContainEqual(expect.objectContaining({ code: 'PRV_STATE_CHANGE_UNKNOWN' }))
    expect(await second.state.cursors.get('inbox')).toBe('1')
    for (const close of opened.splice(0)) await close()
    faults.length = 0
  })

  async function written(): Promise<number> {
    return (await log.read({ topic: stateTopic, partition: 0, from: 0 })).records.length
  }
})

/** Holds back what one worker reads. */
class Gate {
  waiting = 0
  #opened: PromiseWithResolvers<void> | null = null

  /** `after`: it has read, and has it still before it. */
  reading(log: Log, when: 'before' | 'after' = 'before'): Log['read'] {
    return async (options) => {
      if (when === 'before') await this.#pass()
      const result = await log.read({ ...options, waitMs: 10 })
      if (when === 'after' && result.records.length > 0) await this.#pass()
      return result
    }
  }

  /** Resolves when nothing that was asked for before is still on its way. */
  async shut(): Promise<void> {
    this.#opened = Promise.withResolvers()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }

  open(): void {
    this.#opened?.resolve()
    this.#opened = null
  }

  async #pass(): Promise<void> {
    this.waiting += this.#opened ? 1 : 0
    await this.#opened?.promise
  }
}
