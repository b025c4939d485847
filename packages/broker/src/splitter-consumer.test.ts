import type { Adapter, Received, ReceiveOptions } from '@portreeve/adapter-sdk'
import { fromHeaders } from '@portreeve/envelope'
import type { Log, StoredRecord, WriteSet } from '@portreeve/log'
import { expect, it } from 'vitest'
import { BrokerEvents } from './events.ts'
import { MessageMaker } from './message-maker.ts'
import { toRecord } from './message-record.ts'
import { ReferenceNumbers } from './reference-numbers.ts'
import { splitterHandler } from './splitter-consumer.ts'
import { memoryStores } from './testing/memory-stores.ts'

const type = 'valuation.submission.received'
const digest = 'a'.repeat(64)
const maker = new MessageMaker(
  { code: 'X99000001', name: 'Borough of Sallowmere' },
  () => new Date('2026-03-01T00:00:00Z'),
)
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

/** A document of so many records; every tenth one is refused. */
function documentOf(count: number, started: number[] = []): NonNullable<Adapter['receive']> {
  return {
    check: async () => null,
    async *records(_source, { fromIndex = 0 }: ReceiveOptions): AsyncIterable<Received> {
      started.push(fromIndex)
      for (let index = fromIndex; index < count; index += 1) {
        if (index % 10 === 9) yield { index, refused: { identity: {}, problems: [] } }
        else {
          const idSeed = `${digest}-${index}`
          yield {
            index,
            message: {
              type: 'valuation.report.proposed',
              idSeed,
              key: idSeed,
              contentType: 'application/json',
              body: json({}),
            },
          }
        }
      }
    },
  }
}

function splitter(log: Log, receive: NonNullable<Adapter['receive']>, isFirst = true) {
  return splitterHandler({
    route: 'split',
    receive,
    documents: { contentType: 'application/xml', recordType: 'valuation.report.proposed' },
    claims: { get: async function* () {} },
    isFirst: async () => isFirst,
    references: new ReferenceNumbers(log),
    maker,
    events: new BrokerEvents(),
  })
}

const submission: StoredRecord = {
  ...toRecord(
    maker.first(
      {
        type,
        idSeed: digest,
        key: digest,
        contentType: 'application/json',
        body: json({ fileName: 'a.xml', digest, sizeBytes: 1 }),
      },
      'revenues',
      '9R3R-L632',
    ),
    digest,
  ),
  partition: 0,
  offset: 7,
  timestamp: 0,
}

function batch(metadata: string | null) {
  return { topic: type, partition: 0, records: [submission], metadata, signal: new AbortController().signal }
}

function idsOf(sets: readonly WriteSet[]): string[] {
  return sets.flatMap(({ append }) => append.map(({ headers }) => fromHeaders(headers).id))
}

it('publishes a document in parts, each with its place, and then says how many there were', async () => {
  await using stores = await memoryStores()
  const handle = splitter(stores.log, documentOf(1200))
  const sets: WriteSet[] = []
  let metadata: string | null = null
  do {
    const set: WriteSet = await handle(batch(metadata))
    sets.push(set)
    metadata = set.metadata ?? null
  } while (sets.at(-1)?.finished === 0)
  expect(sets.map(({ append, finished }) => [append.length, finished])).toEqual([
    [500, 0],
    [500, 0],
    [201, 1],
  ])
  expect(new Set(idsOf(sets)).size).toBe(1201)
  const last = sets.at(-1)?.append.at(-1)
  expect(last?.topic).toBe('valuation.submission.split')
  expect(JSON.parse(new TextDecoder().decode(last?.value ?? new Uint8Array()))).toMatchObject({
    reports: 1080,
    refused: 120,
  })
})

it('goes on after a crash where the last part ended, without reading the beginning again', async () => {
  await using stores = await memoryStores()
  const first = await splitter(stores.log, documentOf(1200))(batch(null))
  const started: number[] = []
  const rest = await splitter(stores.log, documentOf(1200, started))(batch(first.metadata ?? null))
  expect(started).toEqual([500])
  expect(idsOf([rest])[0]).toBe(`${digest}-500`)
  expect(idsOf([first]).filter((id) => idsOf([rest]).includes(id))).toEqual([])
})

it('publishes nothing of a document that is refused as a whole', async () => {
  await using stores = await memoryStores()
  const problems = [{ code: '2001', path: '/', rule: 'xml', sentence: 'This is no XML.' }]
  const receive = { ...documentOf(5), check: async () => ({ identity: {}, problems }) }
  const { append, finished } = await splitter(stores.log, receive)(batch(null))
  expect(append.map(({ topic }) => topic)).toEqual(['valuation.submission.refused'])
  expect(finished).toBe(1)
})

it('publishes nothing for a document that another record brought first', async () => {
  await using stores = await memoryStores()
  expect(await splitter(stores.log, documentOf(5), false)(batch(null))).toEqual({ append: [], finished: 1 })
})

it('reads a part again that could not be written, and leaves nothing out', async () => {
  await using stores = await memoryStores()
  const handle = splitter(stores.log, documentOf(1200))
  const first = await handle(batch(null))
  const lost = await handle(batch(first.metadata ?? null))
  const again = await handle(batch(first.metadata ?? null))
  expect(idsOf([again])).toEqual(idsOf([lost]))
  const last = await handle(batch(again.metadata ?? null))
  expect(new Set(idsOf([first, again, last])).size).toBe(1201)
})
