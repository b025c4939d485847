import { expect, it } from 'vitest'
import type { Receiver } from './receivers.ts'
import { settleGroups } from './settle-groups.ts'
import { memoryStores } from './testing/memory-stores.ts'

const topic = 'valuation.report.proposed'
const record = { topic, key: null, value: new Uint8Array(), headers: [] }
const nothing = { routes: [], retired: [], processes: [] }

function receiver(name: string, startFrom?: 'beginning'): Receiver {
  return { name, route: { from: [topic], startFrom } } as unknown as Receiver
}

it('gives a new group its position before anything comes in', async () => {
  await using stores = await memoryStores(topic)
  await settleGroups(stores.log, nothing, [receiver('r.voa')])
  await stores.log.append([record])
  await settleGroups(stores.log, nothing, [receiver('r.voa')])
  expect(await stores.log.lag('r.voa', topic)).toBe(1)
})

it('refuses a renamed route, which would send everything again', async () => {
  await using stores = await memoryStores(topic)
  await settleGroups(stores.log, nothing, [receiver('old.voa')])
  await stores.log.append([record])
  await stores.log.seek('old.voa', { topic, partition: 0, offset: 1 })
  await expect(settleGroups(stores.log, nothing, [receiver('new.voa')])).rejects.toMatchObject({
    code: 'PRV_BROKER_RECEIVER_NEW',
    details: { receiver: 'new.voa', messages: 1 },
  })
  await settleGroups(stores.log, nothing, [receiver('new.voa', 'beginning')])
  expect(await stores.log.lag('new.voa', topic)).toBe(1)
})

it('refuses to leave messages behind that wait for a receiver which is no longer there, unless it is retired', async () => {
  await using stores = await memoryStores(topic)
  await settleGroups(stores.log, nothing, [receiver('r.voa')])
  await stores.log.append([record])
  await expect(settleGroups(stores.log, nothing, [])).rejects.toMatchObject({
    code: 'PRV_BROKER_RECEIVER_GONE',
    details: { receiver: 'r.voa', waiting: 1 },
  })
  await settleGroups(stores.log, { routes: [], retired: ['r.voa'], processes: [] }, [])
})
