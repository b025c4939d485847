import { basename } from 'node:path'
import { Producer } from '@platformatic/kafka'
import type { Log, StoredRecord } from '@portreeve/log'
import { describe, expect, it } from 'vitest'
import { anyBroker } from '../support/kafka.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { TestBorough } from './support/borough.ts'
import { openLogOf } from './support/log-of.ts'
import { named } from './support/recorded-events.ts'
import { reportFile } from './support/report-file.ts'
import { testFolder } from './support/test-folder.ts'
import { until } from './support/until.ts'

interface Foreign {
  readonly key?: Buffer
  readonly value: Buffer
  readonly headers?: ReadonlyMap<Buffer, Buffer>
}

const header = (name: string, value: string | Buffer) => [Buffer.from(name), Buffer.from(value)] as const
const notText = Buffer.from([0xff, 0xfe, 0x00, 0x80])
const key = Buffer.from('100000000001')

/** What somebody else may write into a topic of ours, and the code that tells what is wrong with it. */
const foreign: readonly (readonly [code: string, record: Foreign])[] = [
  ['PRV_ENVELOPE_MISSING', { key, value: Buffer.from('{}') }],
  ['PRV_ENVELOPE_MISSING', { value: Buffer.from('neither key nor headers') }],
  ['PRV_ENVELOPE_NOT_TEXT', { key, value: Buffer.from('{}'), headers: new Map([header('ce_id', notText)]) }],
  ['PRV_ENVELOPE_SPECVERSION', { key: notText, value: notText, headers: new Map([header('ce_specversion', '2.0')]) }],
  ['PRV_ENVELOPE_TOO_LARGE', { key, value: notText, headers: new Map([header('ce_id', Buffer.alloc(400_000, 0xff))]) }],
  [
    'PRV_ENVELOPE_STRUCTURED',
    { key, value: Buffer.from('{}'), headers: new Map([header('content-type', 'application/cloudevents+json')]) },
  ],
  ['PRV_ENVELOPE_MISSING', { key, value: Buffer.alloc(1_090_000, 'x') }],
]

describe.skipIf(withoutKafka() !== '')(`records that others write into our topics${withoutKafka()}`, () => {
  it('are kept with their fault and told of, and stop nothing', { timeout: 180_000 }, async () => {
    await using kafka = await anyBroker()
    const folder = await testFolder()
    const prefix = `${basename(folder)}.`
    await using borough = await TestBorough.start({ folder, log: { engine: 'kafka', brokers: kafka.brokers, prefix } })
    const topics = ['valuation.report.proposed', 'valuation.submission.received']
    const before = await borough.drop('before.xml', reportFile({ reports: [{ uprn: '99990000001' }] }))
    await borough.settled(60_000)
    await write(
      kafka.brokers,
      topics.map((topic) => prefix + topic),
    )
    const after = await borough.drop('after.xml', reportFile({ reports: [{ uprn: '99990000002' }, {}] }))
    await borough.settled(60_000)

    const invalid = () => named(borough.events, 'invalid')
    await until('all are told of', () => invalid().length >= topics.length * foreign.length, { withinMs: 60_000 })
    const codes = foreign.map(([code]) => code).sort()
    for (const topic of topics) {
      const told = invalid().filter(({ place }) => place.startsWith(`${topic}/`))
      expect(told.map(({ code }) => code).sort(), topic).toEqual(codes)
    }
    expect(named(borough.events, 'failing')).toEqual([])
    expect((await borough.takenReports()).length).toBe(before.transactions.length + after.transactions.length)

    await borough.stopBroker()
    await using log = await openLogOf(borough)
    const kept = await allOf(log, 'portreeve.message.invalid')
    const texts = kept.map(({ headers }) => Object.fromEntries(headers.map(([name, text]) => [name, String(text)])))
    expect(texts.map(({ prv_place }) => prv_place).sort()).toEqual(
      invalid()
        .map(({ place }) => place)
        .sort(),
    )
    expect(kept.filter(({ value }) => value?.toString() === 'neither key nor headers').length).toBe(topics.length)
  })
})

async function write(brokers: string, topics: readonly string[]): Promise<void> {
  const producer = new Producer({ clientId: 'somebody', bootstrapBrokers: brokers.split(',') })
  try {
    for (const topic of topics) {
      for (const [, record] of foreign) {
        const headers = new Map(record.headers ?? [])
        await producer.send({ messages: [{ topic, ...record, headers }], acks: -1 })
      }
    }
  } finally {
    await producer.close()
  }
}

async function allOf(log: Log, topic: string): Promise<readonly StoredRecord[]> {
  const ranges = await log.ranges(topic)
  const maxBytes = 64 * 1024 * 1024
  const read = await Promise.all(
    ranges.map(({ partition, start }) => log.read({ topic, partition, from: start, maxBytes })),
  )
  return read.flatMap(({ records }) => records)
}
