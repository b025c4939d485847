import type { ProcessConfiguration } from '@portreeve/configuration'
import type { Log } from '@portreeve/log'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { openState, type State } from '@portreeve/state'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { processCounts } from './process-counts.ts'
import { intakeGroup, processGroup, processTopic } from './process-topic.ts'

const [startsWith, answers] = ['customer.address.changed', 'customer.address-update.answered'] as const
const process: ProcessConfiguration = {
  name: 'tell-us-once',
  startsWith,
  requests: 'customer.address-update.requested',
  answers,
  quality: null,
  acknowledgement: null,
  alert: null,
  holidays: [],
  systems: [],
  place: { file: 'processes/tell-us-once.yaml', line: 1, column: 1 },
}

let log: Log
let state: State
beforeEach(async () => {
  log = await openSqliteLog({ folder: ':memory:' })
  for (const name of [startsWith, answers, processTopic]) await log.createTopic({ name })
  state = openState({ path: ':memory:' })
})
afterEach(async () => {
  state.close()
  await log.close()
})

const counts = () => processCounts({ configuration: { processes: [process] }, log, store: state.processes })
const append = (topic: string) => log.append([{ topic, key: null, value: new Uint8Array([1]), headers: [] }])

/** Works on a topic until nothing is left of it. */
async function work(group: string, topic: string): Promise<void> {
  const consumer = log.consume({ group, topics: [topic] }, async ({ records }) => {
    return { append: [], finished: records.length }
  })
  while ((await log.lag(group, topic)) > 0) await new Promise((resolve) => setTimeout(resolve, 1))
  await consumer.stop()
}

it('says nothing of a process that has nothing to do', async () => {
  expect(await counts()).toEqual([])
})

it('counts what is to be taken in, what is to be decided, and what has been decided and is not known yet', async () => {
  await append(startsWith)
  await append(answers)
  expect(await counts()).toEqual([{ process: process.name, open: 0, needPerson: 0, lag: 2 }])
  for (const topic of [startsWith, answers]) await work(intakeGroup(process.name), topic)
  expect(await counts()).toEqual([])
  await append(processTopic)
  expect(await counts()).toMatchObject([{ lag: 1 }])
  await work(processGroup, processTopic)
  expect(await counts()).toMatchObject([{ lag: 1 }])
  state.processes.apply(processTopic, 0, 1, [])
  expect(await counts()).toEqual([])
})
