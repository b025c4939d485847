import type { Emitted } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import type { Log } from '@portreeve/log'
import type { SeenMessages } from '@portreeve/state'
import { expect, it } from 'vitest'
import { Acceptance } from './acceptance.ts'
import { MessageMaker } from './message-maker.ts'
import { ReferenceNumbers } from './reference-numbers.ts'
import { memoryStores } from './testing/memory-stores.ts'

const type = 'valuation.submission.received'

function submission(id: string): Emitted {
  return { type, idSeed: id, key: id, contentType: 'application/json', body: new Uint8Array() }
}

function acceptanceOf(log: Log, seen: SeenMessages): Acceptance {
  const maker = new MessageMaker(
    { code: 'X99000001', name: 'Borough of Sallowmere' },
    () => new Date('2026-03-01T00:00:00Z'),
  )
  return new Acceptance({ log, seen, references: new ReferenceNumbers(log), maker })
}

async function recordsIn(log: Log): Promise<number> {
  return (await log.read({ topic: type, partition: 0, from: 0 })).records.length
}

it('accepts an id once, and tells later ones the reference of the first', async () => {
  await using stores = await memoryStores(type)
  const acceptance = acceptanceOf(stores.log, stores.state.seen)
  const all = await Promise.all(
    [submission('a'), submission('a'), submission('b')].map((s) => acceptance.accept(s, 'x')),
  )
  expect(all.map(({ status }) => status)).toEqual(['accepted', 'duplicate', 'accepted'])
  expect(all[1]?.reference).toBe(all[0]?.reference)
  expect(await recordsIn(stores.log)).toBe(2)
})

it('knows what the log holds after a start with an empty memory', async () => {
  await using stores = await memoryStores(type)
  const { reference } = await acceptanceOf(stores.log, stores.state.seen).accept(submission('a'), 'x')
  await using fresh = await memoryStores()
  const again = await acceptanceOf(stores.log, fresh.state.seen).accept(submission('a'), 'x')
  expect(again).toEqual({ status: 'duplicate', reference })
})

it('appends nothing twice when the memory failed after the append', async () => {
  await using stores = await memoryStores(type)
  const { seen } = stores.state
  let full = true
  const claim: SeenMessages['claim'] = async (scope, messages) => {
    if (full && messages.length > 0) throw new PortreeveError('PRV_DATABASE_DISK_FULL', { path: 'state.db' })
    return seen.claim(scope, messages)
  }
  const acceptance = acceptanceOf(stores.log, { ...seen, claim })
  await expect(acceptance.accept(submission('a'), 'x')).rejects.toMatchObject({ code: 'PRV_DATABASE_DISK_FULL' })
  full = false
  expect(await acceptance.accept(submission('a'), 'x')).toMatchObject({ status: 'duplicate' })
  expect(await recordsIn(stores.log)).toBe(1)
})
