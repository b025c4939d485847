import type { Emitted } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import type { Log } from '@portreeve/log'
import type { SeenMessages } from '@portreeve/state'
import { describe, expect, it, vi } from 'vitest'
import { Acceptance } from './acceptance.ts'
import { MessageMaker } from './message-maker.ts'
import { fromRecord, placeOf } from './message-record.ts'
import { ReferenceNumbers } from './reference-numbers.ts'
import { memoryStores } from './testing/memory-stores.ts'

const type = 'valuation.submission.received'

function submission(id: string): Emitted {
  return { type, idSeed: id, key: id, contentType: 'application/json', body: new Uint8Array() }
}

function acceptanceOf(log: Log, seen: SeenMessages, areMany = false): Acceptance {
  const maker = new MessageMaker(
    { code: 'X99000001', name: 'Borough of Sallowmere' },
    () => new Date('2026-03-01T00:00:00Z'),
  )
  return new Acceptance({ log, seen, references: new ReferenceNumbers(log), maker, areMany })
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

it('takes in what comes after somebody has written a record that is no message', async () => {
  await using stores = await memoryStores(type)
  const foreign = { topic: type, key: null, value: new Uint8Array([0xff]), headers: [] }
  await stores.log.append([foreign])
  const { status } = await acceptanceOf(stores.log, stores.state.seen).accept(submission('a'), 'x')
  expect(status).toBe('accepted')
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

it('says when another body comes under an id that is known, after a start with an empty memory too', async () => {
  await using stores = await memoryStores(type)
  const first = { ...submission('a'), body: Buffer.from('first') }
  const other = { ...submission('a'), body: Buffer.from('other') }
  const { reference } = await acceptanceOf(stores.log, stores.state.seen).accept(first, 'x')
  await using fresh = await memoryStores()
  for (const seen of [stores.state.seen, fresh.state.seen]) {
    const acceptance = acceptanceOf(stores.log, seen)
    const duplicate = { status: 'duplicate', reference }
    expect(await acceptance.acceptUnlessAnother(first, 'x')).toEqual({ ...duplicate, isAnother: false })
    expect(await acceptance.acceptUnlessAnother(other, 'x')).toEqual({ ...duplicate, isAnother: true })
  }
})

it('writes together what came while the log was writing', async () => {
  await using stores = await memoryStores(type)
  const append = vi.spyOn(stores.log, 'append')
  const acceptance = acceptanceOf(stores.log, stores.state.seen)
  const ids = Array.from({ length: 100 }, (_, index) => `${index}`)
  const all = await Promise.all(ids.map((id) => acceptance.accept(submission(id), 'x')))
  expect(new Set(all.map(({ reference }) => reference)).size).toBe(100)
  const written = append.mock.calls.flatMap(([records]) => (records[0]?.topic === type ? [records.length] : []))
  expect(written).toEqual([1, 99])
})

it('reads after a fault only what it has not read before', async () => {
  await using stores = await memoryStores(type)
  for (const id of ['a', 'b']) await acceptanceOf(stores.log, stores.state.seen).accept(submission(id), 'x')
  const read = vi.spyOn(stores.log, 'read')
  const acceptance = acceptanceOf(stores.log, stores.state.seen)
  await acceptance.prepare(type)
  vi.spyOn(stores.log, 'append').mockRejectedValueOnce(new PortreeveError('PRV_LOG_DISK_FULL', { fault: 'ENOSPC' }))
  await expect(acceptance.accept(submission('c'), 'x')).rejects.toMatchObject({ code: 'PRV_LOG_DISK_FULL' })
  expect(await acceptance.accept(submission('c'), 'x')).toMatchObject({ status: 'accepted' })
  expect(await acceptance.accept(submission('a'), 'x')).toMatchObject({ status: 'duplicate' })
  expect(read.mock.calls.map(([{ from }]) => from)).toEqual([0])
})

describe('several workers', () => {
  it('accept an id once between them, when it comes to one after the other', async () => {
    await using first = await memoryStores(type)
    await using second = await memoryStores()
    const here = acceptanceOf(first.log, first.state.seen, true)
    const there = acceptanceOf(first.log, second.state.seen, true)
    await Promise.all([here.prepare(type), there.prepare(type)])
    const { reference } = await here.accept(submission('a'), 'x')
    expect(await there.accept(submission('a'), 'x')).toEqual({ status: 'duplicate', reference })
    expect(await there.accept(submission('b'), 'x')).toMatchObject({ status: 'accepted' })
    expect(await here.accept(submission('b'), 'x')).toMatchObject({ status: 'duplicate' })
    expect(await recordsIn(first.log)).toBe(2)
  })

  it('agree who was first when an id comes to all at the same moment, and that the other records are copies', async () => {
    await using stores = await memoryStores(type)
    await using second = await memoryStores()
    await using third = await memoryStores()
    const workers = [stores, second, third].map(({ state }) => acceptanceOf(stores.log, state.seen, true))
    const ids = Array.from({ length: 20 }, (_, index) => `id-${index}`)
    for (const worker of workers) await worker.prepare(type)
    const answers = await Promise.all(
      ids.map((id) => Promise.all(workers.map((worker) => worker.accept(submission(id), 'x')))),
    )
    for (const [index, told] of answers.entries()) {
      expect(told.map(({ status }) => status).sort(), ids[index]).toEqual(['accepted', 'duplicate', 'duplicate'])
      expect(new Set(told.map(({ reference }) => reference)).size, ids[index]).toBe(1)
    }
    const { records } = await stores.log.read({ topic: type, partition: 0, from: 0 })
    // Otherwise nothing came at the same moment.
    expect(records.length).toBeGreaterThan(ids.length)
    const messages = records.map((record) => ({ envelope: fromRecord(record).envelope, place: placeOf(record) }))
    const verdicts = await Promise.all(workers.map((worker) => worker.areFirst(type, messages)))
    expect(verdicts[1]).toEqual(verdicts[0])
    expect(verdicts[2]).toEqual(verdicts[0])
    const firsts = messages.filter((_, index) => verdicts[0]?.[index])
    expect(firsts.map(({ envelope }) => envelope.id).sort()).toEqual(ids.toSorted())
    const given = new Map(answers.flat().map(({ reference }) => [reference, true]))
    expect(firsts.every(({ envelope }) => given.has(envelope.reference))).toBe(true)
  })
})
