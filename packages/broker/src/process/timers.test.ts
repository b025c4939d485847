import type { DueTimer } from '@portreeve/state'
import { expect, it } from 'vitest'
import { BrokerEvents } from '../events.ts'
import { memoryStores } from '../testing/memory-stores.ts'
import { processTopic, readProcessRecord } from './process-topic.ts'
import { watchTimersUntilStopped } from './timers.ts'

const timerOf = (instance: string, dueAt: string): DueTimer => {
  return { process: 'moves', instance, timer: 'crm', dueAt: new Date(dueAt) }
}
const first = timerOf('T1', '2026-12-01')
const other = timerOf('T2', '2026-12-01')
const anew = timerOf('T1', '2026-12-08')

/** What processes were told, when each look found these due. */
async function toldOf(...looks: readonly (readonly DueTimer[])[]) {
  await using stores = await memoryStores(processTopic)
  const { log, state } = stores
  const stopping = new AbortController()
  const left = [...looks]
  const due = () => {
    const found = left.shift()
    if (found === undefined) stopping.abort()
    return found ?? []
  }
  const get = (_process: string, id: string) => (id === 'gone' ? null : JSON.stringify({ key: 'C1' }))
  const now = () => new Date('2026-12-10')
  await watchTimersUntilStopped({
    log,
    store: { ...state.processes, due, get },
    now,
    events: new BrokerEvents(),
    signal: stopping.signal,
    lookEveryMs: 1,
  })
  const { records } = await log.read({ topic: processTopic, partition: 0, from: 0, maxRecords: 100 })
  return records.map(readProcessRecord)
}

it('a timer that has gone off is told once, for as long as it stays due', async () => {
  const told = await toldOf([first], [first], [first, other], [first, other], [other])
  expect(told).toMatchObject([
    { kind: 'due', process: 'moves', instance: 'T1', timer: 'crm', dueAt: first.dueAt.toISOString() },
    { kind: 'due', instance: 'T2' },
  ])
  expect(told).toHaveLength(2)
})

it('a timer that was set anew is another one, and one of an instance that is gone is none', async () => {
  const told = await toldOf([first, timerOf('gone', '2026-12-01')], [anew], [])
  expect(told).toMatchObject([{ dueAt: first.dueAt.toISOString() }, { dueAt: anew.dueAt.toISOString() }])
})
