import { type Envelope, fromHeaders, toHeaders } from '@portreeve/envelope'
import { writeXml, XmlElement } from '@portreeve/formats'
import { type Log, type LogRecord, partitionForKey, type StoredRecord } from '@portreeve/log'
import { openKafkaLog } from '@portreeve/log-kafka'
import { emitJsonSchema, messageSchemas, toXml } from '@portreeve/model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaCluster, startKafka } from '../support/kafka.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { type ForeignRecord, foreignClients } from './support/foreign-clients.ts'

const partitions = 6
const split = { fileName: 'march & äpril.xml', digest: '0'.repeat(64), reports: 3, refused: 1 }

function envelope(id: string, dataContentType: string): Envelope {
  return {
    id,
    source: '/x99999999/revenues',
    type: 'valuation.submission.split',
    time: '2026-03-01T09:30:00.000Z',
    subject: 'Tŷ Ŵen, Sallowmere — a=b, c:d',
    dataContentType,
    reference: 'PRV-0001',
    correlationId: id,
    authority: 'X99999999',
    channel: 'file',
    history: ['revenues@2026-03-01T09:30:00Z', 'split@2026-03-01T09:30:01Z'],
  }
}

/** The message as its canonical JSON or XML, in a record of the topic. */
function record(topic: string, id: string, key: Uint8Array | null, form: 'json' | 'xml' | 'none'): LogRecord {
  const headers = toHeaders(envelope(id, form === 'xml' ? 'application/xml' : 'application/json'))
  return { topic, key, value: form === 'none' ? null : form === 'xml' ? xml() : json(), headers }
}

function json(): Uint8Array {
  return Buffer.from(JSON.stringify(split))
}

/** On one line, as Kafka's console producer takes it. */
function xml(): Uint8Array {
  const schema = emitJsonSchema(messageSchemas['valuation.submission.split'])
  const text = writeXml(
    toXml(schema, split, (...parts: ConstructorParameters<typeof XmlElement>) => new XmlElement(...parts)),
  )
  return Buffer.from(Buffer.from(text).toString().replaceAll('\n', ''))
}

const noText = Buffer.from([0, 255, 254, 10, 13, 9, 44, 61, 58])

describe.skipIf(withoutKafka() !== '')(`other clients of Kafka${withoutKafka()}`, { timeout: 120_000 }, () => {
  let cluster: KafkaCluster
  let log: Log
  beforeAll(async () => {
    cluster = await startKafka()
    log = await openKafkaLog({ brokers: cluster.brokers, prefix: 'sallowmere.' })
  })
  afterAll(async () => {
    await log?.close()
    await cluster?.close()
  })

  async function allOf(topic: string): Promise<readonly StoredRecord[]> {
    const ranges = await log.ranges(topic)
    const read = await Promise.all(ranges.map(({ partition, start }) => log.read({ topic, partition, from: start })))
    return read.flatMap(({ records }) => records)
  }

  describe.each(foreignClients)('$name', ({ name, lacking, writesBytes, read, write }) => {
    const slug = name.replace(/\W+/g, '-')

    it.skipIf(lacking !== '')(
      `reads what we have written, with key, value and headers, in the partition of the key${lacking}`,
      async () => {
        const topic = `read-by.${slug}`
        await log.createTopic({ name: topic, partitions })
        const written = [
          record(topic, 'json-1', Buffer.from('100000000001'), 'json'),
          record(topic, 'xml-1', Buffer.from('Tŷ Ŵen'), 'xml'),
          record(topic, 'none-1', Buffer.from('100000000003'), 'none'),
          record(topic, 'bytes-1', noText, 'json'),
          record(topic, 'keyless-1', null, 'xml'),
        ]
        const positions = await log.append(written)
        const found = await read(cluster.brokers, `sallowmere.${topic}`, written.length)
        const wanted = written.map((one, at) => ({ ...one, partition: positions[at]?.partition ?? -1 }))
        expect(byId(found)).toEqual(byId(wanted))
        for (const { key, partition } of found) {
          if (key !== null) expect(partition).toBe(partitionForKey(key, partitions))
        }
      },
    )

    it.skipIf(lacking !== '')(
      `writes what we read as a message, in the partition that we should choose for the key${lacking}`,
      async () => {
        const topic = `written-by.${slug}`
        await log.createTopic({ name: topic, partitions })
        const written = [
          record(topic, 'json-2', Buffer.from('100000000001'), 'json'),
          record(topic, 'xml-2', Buffer.from('Tŷ Ŵen'), 'xml'),
          record(topic, 'none-2', Buffer.from('100000000003'), 'none'),
          record(topic, 'keyless-2', null, 'json'),
          ...(writesBytes ? [record(topic, 'bytes-2', noText, 'json')] : []),
        ]
        for (const one of written) await write(cluster.brokers, `sallowmere.${topic}`, one)
        const found = await allOf(topic)
        const placed = written.map((one) => ({ ...one, partition: placeOf(one, found) }))
        expect(byId(found)).toEqual(byId(placed))
        expect(found.map(({ headers }) => fromHeaders(headers)).sort(byName)).toEqual(
          written.map(({ headers }) => fromHeaders(headers)).sort(byName),
        )
      },
    )
  })
})

function byName(one: Envelope, other: Envelope): number {
  return one.id < other.id ? -1 : 1
}

/** By the id in the headers, everything as text that has a character for each byte. */
function byId(records: readonly ForeignRecord[]): Readonly<Record<string, unknown>> {
  const latin1 = (given: Uint8Array | null) => (given === null ? null : Buffer.from(given).toString('latin1'))
  const entries = records.map(({ partition, key, value, headers }) => {
    const own = headers.map(([name, each]) => [name, latin1(each)])
    return [Object.fromEntries(own).ce_id, { partition, key: latin1(key), value: latin1(value), headers: own }]
  })
  return Object.fromEntries(entries)
}

/** Of the key; a record without one may stand anywhere. */
function placeOf({ key, headers }: LogRecord, found: readonly StoredRecord[]): number {
  if (key !== null) return partitionForKey(key, partitions)
  const { id } = fromHeaders(headers)
  return found.find((one) => fromHeaders(one.headers).id === id)?.partition ?? -1
}
