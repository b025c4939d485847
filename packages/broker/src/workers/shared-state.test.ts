import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '@portreeve/log'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { openState, type State } from '@portreeve/state'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

  function joined(worker: string, state: State = openState({ path: ':memory:' })): SharedState {
    const onFault = (error: unknown) => void faults.push(error)
    const shared = new SharedState({ log, state, worker, onFault, onRecovered: () => undefined })
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
    const garbage = [
      '',
      'null',
      '{"kind":"begin"}',
      '{"kind":"unknown","told":[],"at":1,"by":"x","id":"y"}',
      '\u001f\u008b',
    ]
    for (const text of garbage) {
      await log.append([{ topic: stateTopic, key: null, value: Buffer.from(text, 'latin1'), headers: [] }])
    }
    await first.state.cursors.set('inbox', '1')
    expect(await first.state.cursors.get('inbox')).toBe('1')
  })
})
