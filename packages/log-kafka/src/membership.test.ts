import { randomUUID } from 'node:crypto'
import { PortreeveError } from '@portreeve/errors'
import type { Batch, Log } from '@portreeve/log'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyBroker, anyBroker } from '../../../test/support/kafka.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import { openLogOn } from './open.ts'
import { call, type Done, loadRdkafka, type RawConsumer, type RawOffset, type Rdkafka } from './rdkafka.ts'

const illegalGeneration = 22
const run = randomUUID().slice(0, 8)
const prefixed = (name: string) => `${run}.${name}.`

describe.skipIf(withoutKafka() !== '')(`a member of a group${withoutKafka()}`, () => {
  let kafka: AnyBroker | undefined
  let rdkafka: Rdkafka
  beforeAll(async () => {
    kafka = await anyBroker()
    rdkafka = await loadRdkafka()
  })
  afterAll(() => kafka?.close())

  const openOn = (client: Rdkafka, prefix: string, stalledAfterMs?: number) => {
    const connection = { brokers: kafka?.brokers ?? '', prefix: prefixed(prefix) }
    return openLogOn(client, connection, stalledAfterMs === undefined ? {} : { stalledAfterMs })
  }

  it('begins anew when it is handed nothing though there is something, and goes on where the group stands', async () => {
    const clients: RawConsumer[] = []
    const noted = class extends rdkafka.KafkaConsumer {
      constructor(...settings: ConstructorParameters<Rdkafka['KafkaConsumer']>) {
        super(...settings)
        if (settings[0]['group.id'] === `${prefixed('stalls')}readers`) clients.push(this)
      }
    }
    await using log = await openOn({ ...rdkafka, KafkaConsumer: noted }, 'stalls', 1500)
    await log.createTopic({ name: 'in' })
    const warned = nextWarning()
    const handed = new Handed()
    await using consumer = log.consume({ group: 'readers', topics: ['in'] }, handed.handler)
    await append(log, 'before')
    await handed.until(['before'])
    // Behind the member's back: it is fetched no more.
    clients[0]?.pause([{ topic: `${prefixed('stalls')}in`, partition: 0 }])
    await append(log, 'after')
    await handed.until(['before', 'after'])
    // On a busy machine what is on its way may be taken for stalled, too.
    expect(clients.length).toBeGreaterThan(1)
    expect(await warned).toBe('PRV_KAFKA_CONSUMER_STALLED')
    await consumer.stop()
  })

  it('is left as it is when its handler is slow, and when there is nothing to hand out behind a mark of a transaction', async () => {
    const groups: unknown[] = []
    const noted = class extends rdkafka.KafkaConsumer {
      constructor(...settings: ConstructorParameters<Rdkafka['KafkaConsumer']>) {
        super(...settings)
        groups.push(settings[0]['group.id'])
      }
    }
    await using log = await openOn({ ...rdkafka, KafkaConsumer: noted }, 'patient', 1500)
    await log.createTopic({ name: 'in' })
    const handed = new Handed()
    await using consumer = log.consume({ group: 'readers', topics: ['in'] }, async (batch) => {
      await new Promise((resolve) => setTimeout(resolve, 3500))
      return await handed.handler(batch)
    })
    await append(log, 'slowly')
    await handed.until(['slowly'])
    await new Promise((resolve) => setTimeout(resolve, 3500))
    await append(log, 'and again')
    await handed.until(['slowly', 'and again'])
    expect(groups.filter((group) => group === `${prefixed('patient')}readers`)).toHaveLength(1)
    await consumer.stop()
  })

  it('prepares its partition again when its handler says that another has it, and it has not', async () => {
    await using log = await openOn(rdkafka, 'believed-moved')
    await log.createTopic({ name: 'in' })
    const handed = new Handed()
    let prepared = 0
    const prepare = async () => {
      prepared += 1
    }
    await using consumer = log.consume({ group: 'readers', topics: ['in'], prepare }, async (batch) => {
      if (prepared < 2) throw new PortreeveError('PRV_LOG_PARTITION_MOVED', { topic: 'in', partition: 0 })
      return await handed.handler(batch)
    })
    await append(log, 'one')
    await handed.until(['one'])
    expect(prepared).toBe(2)
    await consumer.stop()
  })

  it('applies its write set once when a broker first says that the group has been shared anew meanwhile', async () => {
    let refusals = 0
    const refusing = class extends rdkafka.Producer {
      override sendOffsetsToTransaction(offsets: readonly RawOffset[], of: RawConsumer, ms: number, done: Done) {
        refusals += 1
        if (refusals > 3) return super.sendOffsetsToTransaction(offsets, of, ms, done)
        const fault = { message: 'Broker: Specified group generation id is not valid', code: illegalGeneration }
        setImmediate(() => done({ ...fault, isTxnRequiresAbort: true }, undefined))
      }
    }
    await using log = await openOn({ ...rdkafka, Producer: refusing }, 'shared')
    await log.createTopic({ name: 'in' })
    await log.createTopic({ name: 'out' })
    await append(log, 'one')
    const handed = new Handed()
    await using consumer = log.consume({ group: 'copiers', topics: ['in'] }, async (batch) => {
      const { finished } = await handed.handler(batch)
      return {
        finished,
        append: batch.records.map(({ key, value, headers }) => ({ topic: 'out', key, value, headers })),
      }
    })
    await handed.until(['one'])
    await append(log, 'two')
    await handed.until(['one', 'two'])
    await consumer.stop()
    expect(refusals).toBeGreaterThan(3)
    const { records } = await log.read({ topic: 'out', partition: 0, from: 0, waitMs: 5000 })
    const rest = await log.read({ topic: 'out', partition: 0, from: (records.at(-1)?.offset ?? 0) + 1, waitMs: 1000 })
    expect([...records, ...rest.records].map(textOf)).toEqual(['one', 'two'])
    expect(await log.lag('copiers', 'in')).toBe(0)
  })
})

/** What a handler was handed, in order. */
class Handed {
  readonly #texts: string[] = []
  #wake: () => void = () => undefined

  readonly handler = async ({ records }: Batch) => {
    this.#texts.push(...records.map(textOf))
    this.#wake()
    return { append: [], finished: records.length }
  }

  async until(texts: readonly string[]): Promise<void> {
    while (this.#texts.length < texts.length) {
      await call((done) => {
        this.#wake = () => done(null, undefined)
      })
    }
    expect(this.#texts).toEqual(texts)
  }
}

function textOf({ value }: { readonly value: Uint8Array | null }): string {
  return Buffer.from(value ?? []).toString()
}

async function append(log: Log, value: string): Promise<void> {
  await log.append([{ topic: 'in', key: null, value: Buffer.from(value), headers: [] }])
}

function nextWarning(): Promise<unknown> {
  return new Promise((resolve) => {
    process.once('warning', (warning) => resolve('code' in warning ? warning.code : warning.name))
  })
}
