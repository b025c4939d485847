import type { ProcessInstance } from '@portreeve/core'
import { expect, it } from 'vitest'
import { BrokerEvents } from '../events.ts'
import { memoryStores } from '../testing/memory-stores.ts'
import { processTopic, readProcessRecord } from './process-topic.ts'
import { type RemovedSystemsParts, tellRemovedSystems } from './removed-systems.ts'

const system = { label: 'crm', service: 'customer-record', confirmWithinWorkingDays: null, administrators: [] }
const configuration = { processes: [{ name: 'moves', systems: [system] }], record: { version: 'v2' } }
const open = (id: string, systems: object) =>
  JSON.stringify({ process: 'moves', id, key: `C-${id}`, systems } as ProcessInstance)

it('each transaction under way is told of each system that is gone and was not done, over all pages', async () => {
  await using stores = await memoryStores(processTopic)
  const pages = [
    open('T1', { crm: { state: 'waiting' }, revenues: { state: 'waiting' }, parking: { state: 'confirmed' } }),
    open('T2', { revenues: { state: 'needs-a-person' } }),
    open('T3', { revenues: { state: 'delivered', confirmBy: 'x' }, parking: { state: 'delivered' } }),
  ]
  await tellRemovedSystems({
    configuration: configuration as unknown as RemovedSystemsParts['configuration'],
    log: stores.log,
    store: {
      allOpen: (_process, { after = 0 } = {}) => ({
        instances: pages.slice(after, after + 1),
        next: after + 1 < pages.length ? after + 1 : null,
      }),
    },
    now: () => new Date(0),
    events: new BrokerEvents(),
    signal: new AbortController().signal,
  })
  const { records } = await stores.log.read({ topic: processTopic, partition: 0, from: 0, maxRecords: 100 })
  expect(records.map(readProcessRecord)).toMatchObject([
    { kind: 'system-removed', instance: 'T1', system: 'revenues', configuration: 'v2' },
    { kind: 'system-removed', instance: 'T3', system: 'revenues' },
  ])
  expect(records).toHaveLength(2)
})
