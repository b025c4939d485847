import { randomUUID } from 'node:crypto'
import { openKafkaLog } from '@portreeve/log-kafka'
import { openState, writeChange } from '@portreeve/state'
import { SharedState, stateTopic } from '../../packages/broker/src/workers/shared-state.ts'
import { anyBroker } from '../support/kafka.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import type { Row } from './row.ts'

const inBatches = { batches: 4000, messages: 500 }
const oneByOne = { batches: 40_000, messages: 1 }
const million = 1_000_000

/** What it costs to go on where another worker was: that of one that has followed, and of one that comes with an empty folder. */
export async function benchHandOver(): Promise<Row[]> {
  if (withoutKafka() !== '') return []
  await using kafka = await anyBroker()
  const together = await follow(kafka.brokers, inBatches)
  const alone = await follow(kafka.brokers, oneByOne)
  return [
    row('an empty folder, batches of 500', together.empty, `${inBatches.batches * 2} changes`),
    row('an empty folder, batches of one', alone.empty, `${oneByOne.batches * 2} changes`),
    {
      name: 'hand-over: one that has followed',
      value: Math.round(alone.followed * 1000),
      unit: 'ms',
      note: 'median of 20',
    },
  ]
}

async function follow(brokers: string, { batches, messages }: typeof inBatches) {
  await using log = await openKafkaLog({ brokers, prefix: `bench-${randomUUID().slice(0, 8)}.` })
  await log.createTopic({ name: stateTopic })
  const at = Date.now()
  for (let from = 0; from < batches; from += 200) {
    const records = Array.from({ length: 200 }, (_, index) => {
      const batchId = `${randomUUID()}-${from + index}`
      const ids = Array.from({ length: messages }, () => randomUUID())
      const attempt = { batchId, messageIds: ids, startedAt: new Date(at), attempt: 1, lastOffset: from }
      const offsets = ids.map((_id, offset) => offset)
      const told = ['reports-to-voa.voa', 'in', 0, { ...attempt, offsets }] as const
      const common = { at, by: 'bench' }
      return [
        writeChange({ kind: 'begin', told: [...told], id: randomUUID(), ...common }),
        writeChange({ kind: 'end', told: ['reports-to-voa.voa', batchId], id: randomUUID(), ...common }),
      ]
    })
    await log.append(records.flat().map((value) => ({ topic: stateTopic, key: null, value, headers: [] })))
  }
  using state = openState({ path: ':memory:' })
  const nobody = () => undefined
  const began = performance.now()
  const shared = new SharedState({ log, state, worker: 'new', onFault: nobody, onRecovered: nobody })
  await shared.take('reports-to-voa.voa', 'in', 0)
  const empty = ((performance.now() - began) / (batches * messages)) * million
  const takes: number[] = []
  for (let round = 0; round < 20; round += 1) {
    const start = performance.now()
    await shared.take('reports-to-voa.voa', 'in', 0)
    takes.push(performance.now() - start)
  }
  await shared.close()
  return { empty: empty / 1000, followed: (takes.sort((a, b) => a - b)[10] ?? 0) / 1000 }
}

function row(name: string, seconds: number, note: string): Row {
  return { name: `hand-over: ${name}`, value: Math.round(seconds * 10) / 10, unit: 's/million messages', note }
}
