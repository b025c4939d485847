import type { Adapter, Received, ReceiveOptions } from '@portreeve/adapter-sdk'
import { fromHeaders } from '@portreeve/envelope'
import type { Log, StoredRecord, WriteSet } from '@portreeve/log'
import { expect, it } from 'vitest'
import { BrokerEvents, type FileProgress } from './events.ts'
import { MessageMaker } from './message-maker.ts'
import { toRecord } from './message-record.ts'
import { ReferenceNumbers } from './reference-numbers.ts'
import { writeProgress } from './split-progress.ts'
import { splitterHandler } from './splitter-consumer.ts'
import { memoryStores } from './testing/memory-stores.ts'
import { invalidMessageTopic } from './topics.ts'

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

function splitter(
  log: Log,
  receive: NonNullable<Adapter['receive']>,
  { isFirst = true, events = new BrokerEvents(), elapsedMs = (): number => 0 } = {},
) {
  return splitterHandler({
    route: 'split',
    receive,
    documents: { contentType: 'application/xml', recordType: 'valuation.report.proposed' },
    claims: { get: async function* () {} },
    isFirst: async () => isFirst,
    references: new ReferenceNumbers(log),
    maker,
    events,
    elapsedMs,
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
        body: json({ fileName: 'a.xml', digest, sizeBytes: 1000 }),
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

it.each<[string, Partial<StoredRecord>]>([
  ['no message of ours', { headers: [], key: null, value: null }],
  ['a message that names no document', { value: json({ fileName: 'a.xml' }) }],
])('keeps %s in the Invalid Message Channel, tells of it, and goes on', async (_, changes) => {
  await using stores = await memoryStores()
  const told: unknown[] = []
  const events = new BrokerEvents({ invalid: ({ receiver, place }) => told.push([receiver, place]) })
  const handle = splitter(stores.log, documentOf(5), { events })
  const { append, finished } = await handle({ ...batch(null), records: [{ ...submission, ...changes }] })
  expect(append.map(({ topic }) => topic)).toEqual([invalidMessageTopic])
  expect(finished).toBe(1)
  expect(told).toEqual([['split', `${type}/0/7`]])
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
  expect(await splitter(stores.log, documentOf(5), { isFirst: false })(batch(null))).toEqual({
    append: [],
    finished: 1,
  })
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

/** A document of ten records and a thousand bytes, which tells of each. Checking takes a second a record, splitting ten. */
function toldDocument(clock: { ms: number }): NonNullable<Adapter['receive']> {
  const { records } = documentOf(10)
  return {
    async check(_source, { onProgress }) {
      for (let read = 1; read <= 10; read += 1) {
        clock.ms += 1000
        onProgress?.({ bytesRead: 100 * read, recordsRead: read })
      }
      return null
    },
    async *records(source, options) {
      // What was split before is skipped in no time.
      for (let read = 1; read <= (options.fromIndex ?? 0); read += 1) {
        options.onProgress?.({ bytesRead: 100 * read, recordsRead: read })
      }
      for await (const record of records(source, options)) {
        clock.ms += 10_000
        yield record
        options.onProgress?.({ bytesRead: 100 * (record.index + 1), recordsRead: record.index + 1 })
      }
    },
  }
}

it('tells how far a document is, by its own bytes, and how long each phase still takes', async () => {
  await using stores = await memoryStores()
  const clock = { ms: 0 }
  const told: FileProgress[] = []
  const events = new BrokerEvents({ progress: (event) => told.push(event) })
  await splitter(stores.log, toldDocument(clock), { events, elapsedMs: () => clock.ms })(batch(null))
  const shown = told.map(({ phase, percent, done, secondsLeft }) => [phase, percent, done, secondsLeft])
  expect(shown.slice(0, 10).filter((_, index) => index % 3 === 0)).toEqual([
    ['checking', 10, 0, 9],
    ['checking', 40, 0, 6],
    ['checking', 70, 0, 3],
    ['checking', 100, 0, 0],
  ])
  expect(shown.slice(10).filter((_, index) => index % 3 === 0)).toEqual([
    ['splitting', 10, 1, 90],
    ['splitting', 40, 4, 60],
    ['splitting', 70, 7, 30],
    ['splitting', 100, 10, 0],
  ])
  expect(new Set(told.map(({ totalBytes, fileName }) => `${totalBytes} ${fileName}`))).toEqual(new Set(['1000 a.xml']))
})

it('does not take what it skips after a crash for its pace', async () => {
  await using stores = await memoryStores()
  const clock = { ms: 0 }
  const told: FileProgress[] = []
  const events = new BrokerEvents({ progress: (event) => told.push(event) })
  const progress = writeProgress({ next: 6, reports: 6, refused: 0 })
  await splitter(stores.log, toldDocument(clock), { events, elapsedMs: () => clock.ms })(batch(progress))
  expect(told.map(({ secondsLeft }) => secondsLeft).slice(-4)).toEqual([30, 20, 10, 0])
})

it('knows the documents under way until they are split or refused', async () => {
  await using stores = await memoryStores()
  const seen: (readonly string[])[] = []
  const look = () => seen.push(events.underWay.map(({ phase }) => phase))
  const events: BrokerEvents = new BrokerEvents({ progress: look, split: look, refused: look })
  const receive = toldDocument({ ms: 0 })
  await splitter(stores.log, receive, { events })(batch(null))
  expect([seen[0], seen.at(-2), seen.at(-1)]).toEqual([['checking'], ['splitting'], []])
  const problems = [{ code: '2001', path: '/', rule: 'xml', sentence: 'This is no XML.' }]
  const check: typeof receive.check = async (source, options) => {
    await receive.check(source, options)
    return { identity: {}, problems }
  }
  await splitter(stores.log, { ...receive, check }, { events })(batch(null))
  expect([seen.at(-2), seen.at(-1)]).toEqual([['checking'], []])
})
