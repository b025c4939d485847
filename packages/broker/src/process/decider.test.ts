import type { Log } from '@portreeve/log'
import { openSqliteLog } from '@portreeve/log-sqlite'
import type { ProcessRecorded } from '@portreeve/model'
import { openState, type State } from '@portreeve/state'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProcessDecider } from './decider.ts'
import { processGroup, processRecord, processTopic } from './process-topic.ts'

const definition = {
  name: 'tell-us-once',
  acknowledgement: 'acknowledgement',
  alert: null,
  holidays: [],
  systems: [{ label: 'crm', service: 'customer-record', confirmWithinWorkingDays: 5, administrators: [] }],
}
const sent = 'customer.address-update.requested'
const at = '2026-11-23T09:30:00.000Z'

let log: Log
let state: State
beforeEach(async () => {
  log = await openSqliteLog({ folder: ':memory:' })
  await log.createTopic({ name: processTopic })
  await log.createTopic({ name: sent })
  state = openState({ path: ':memory:' })
})
afterEach(async () => {
  state.close()
  await log.close()
})

function decider(): ProcessDecider {
  const recordsOf = async (effects: readonly { id: string }[]) =>
    effects.map(({ id }) => ({ topic: sent, key: null, value: new TextEncoder().encode(id), headers: [] }))
  return new ProcessDecider({
    log,
    store: state.processes,
    definitions: new Map([[definition.name, definition]]),
    recordsOf,
  })
}

/** Works until nothing is left, or until the handler has been called so often: then the process dies in it. */
async function live(batches: number, maxRecords: number, dies: 'before deciding' | 'after deciding'): Promise<boolean> {
  const one = decider()
  let left = batches
  const consumer = log.consume({ group: processGroup, topics: [processTopic], maxRecords }, async (batch) => {
    left -= 1
    if (left < 0 && dies === 'before deciding') throw new Error('dead')
    const writeSet = await one.handler(batch)
    // Its write set is not in the log yet.
    await one.settle()
    expect(state.processes.position(processTopic, 0)).toBeLessThanOrEqual(batch.records[0]?.offset ?? 0)
    if (left < 0) throw new Error('dead')
    return writeSet
  })
  const died = consumer.done.then(
    () => false,
    () => true,
  )
  const done = (async () => {
    while ((await log.lag(processGroup, processTopic)) > 0) await new Promise((resolve) => setTimeout(resolve, 1))
    return false
  })()
  const isDead = await Promise.race([died, done])
  await consumer.stop()
  if (!isDead) while (!(await one.settle())) await new Promise((resolve) => setTimeout(resolve, 1))
  return isDead
}

async function messages(): Promise<readonly string[]> {
  const { records } = await log.read({ topic: sent, partition: 0, from: 0, maxRecords: 10_000 })
  return records.map(({ value }) => new TextDecoder().decode(value ?? new Uint8Array()))
}

function story(transactions: number): readonly ProcessRecorded[] {
  const person = { personGivenName: 'Ada', personFamilyName: 'Sampleby', emailAddress: 'ada@example.org' }
  const body = JSON.stringify({ person, movedOn: '2026-11-01' })
  const starts = Array.from({ length: transactions }, (_, index): ProcessRecorded => {
    const holds = index % 3 === 0 ? [{ rule: 'r', sentence: 's' }] : []
    const instance = `T${index}`
    const about = { process: definition.name, instance, at, reference: `R${index}`, key: `C${index % 4}` }
    return { kind: 'started', ...about, envelope: '{}', body, holds }
  })
  const decisions = starts.map(({ instance }, index): ProcessRecorded => {
    const about = { process: definition.name, instance, at }
    if (index % 3 === 0) return { ...about, kind: index % 2 === 0 ? 'approved' : 'rejected', by: 'A', why: 'w' }
    const requestId = `${instance}.tell-us-once.crm.1`
    return { ...about, kind: 'handed-over', system: 'crm', requestId, outcome: 'delivered', proof: 'p' }
  })
  return [...starts, ...decisions]
}

const keyOf = (event: ProcessRecorded) => `C${Number(event.instance.slice(1)) % 4}`

describe('deciding', () => {
  it.each([
    ['before deciding', 1],
    ['after deciding', 1],
    ['after deciding', 4],
    ['after deciding', 7],
  ] as const)(
    'sends each request once and ends in the same instances, wherever it dies: %s, batches of %d',
    async (dies, size) => {
      const events = story(24)
      await log.append(events.map((event) => processRecord(keyOf(event), event)))
      await live(Number.POSITIVE_INFINITY, 500, dies)
      const wanted = await messages()
      const instances = events.slice(0, 24).map(({ instance }) => state.processes.get(definition.name, instance))
      expect(wanted).toHaveLength(new Set(wanted).size)
      expect(wanted.filter((id) => id.endsWith('.crm.1')).length).toBeGreaterThan(16)

      state.close()
      await log.close()
      log = await openSqliteLog({ folder: ':memory:' })
      for (const name of [processTopic, sent]) await log.createTopic({ name })
      state = openState({ path: ':memory:' })
      await log.append(events.map((event) => processRecord(keyOf(event), event)))
      let lives = 0
      while (await live(lives % 4, size, dies)) {
        lives += 1
        if (lives === 5) {
          // What was folded is lost as a whole: it is folded again.
          state.close()
          state = openState({ path: ':memory:' })
        }
      }
      expect(lives).toBeGreaterThan(2)
      expect(await messages()).toEqual(wanted)
      expect(events.slice(0, 24).map(({ instance }) => state.processes.get(definition.name, instance))).toEqual(
        instances,
      )
    },
  )

  it('keeps the timers that a transaction has set, and no other', async () => {
    const events = story(2).filter(({ instance }) => instance === 'T1')
    await log.append(events.map((event) => processRecord('C1', event)))
    await live(Number.POSITIVE_INFINITY, 500, 'after deciding')
    const due = state.processes.due(new Date('2027-01-01'), 10)
    expect(due.map(({ instance, timer, dueAt }) => [instance, timer, dueAt.toISOString()])).toEqual([
      ['T1', 'crm', '2026-12-01T00:00:00.000Z'],
    ])
    expect(state.processes.due(new Date('2026-11-30'), 10)).toEqual([])
  })
})
