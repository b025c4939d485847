// A program of its own, to be killed: producers and consumers at work on one log. What it reports on file descriptor 3
// was promised: `acknowledged` only after `append` has resolved.
import { mkdirSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log, LogRecord } from '@portreeve/log'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { SeededRandom } from '../../support/seeded-random.ts'
import { consumeCopies, consumeEffects } from './workload-consumers.ts'
import type { LogWorkload } from './workload-options.ts'
import { COPY_GROUP, EFFECT_GROUP, PASSING, type RecordName, recordOf, SOURCE, textOf } from './workload-record.ts'
import { createTopics } from './workload-topics.ts'

const CALLS_UNDER_WAY = 3
/** How far behind its acknowledgement the unsafe workload writes. */
const WRITTEN_BEHIND_MS = 30
const APPENDS_BETWEEN_RETENTIONS = 60

const workload: LogWorkload = JSON.parse(process.argv[2] ?? '')
const random = new SeededRandom(`${workload.seed} workload ${workload.run}`)
let appends = 0
let written = 0

function report(...words: readonly (string | number)[]): void {
  writeSync(3, `${words.join(' ')}\n`)
}

async function openLog(): Promise<Log> {
  report('opening')
  const log = await openSqliteLog({ folder: workload.folder })
  await createTopics(log)
  report('ready')
  return log
}

/** One producer of several keys: batches, a few calls under way at once, numbers that rise for each key. */
async function produce(log: Log, topic: string, keys: readonly string[], numbers: Map<string, number>, until: number) {
  const underWay: Promise<void>[] = []
  while (written < until) {
    const size = random.integer(1, 6)
    const batch = { id: `${workload.run}-${appends++}`, size }
    const records = Array.from({ length: size }, () => recordOf(topic, next(keys, numbers), batch, workload.largeIn))
    written += size
    underWay.push(append(log, topic, records))
    if (written >= (workload.killsItselfAt ?? Infinity)) process.kill(process.pid, 'SIGKILL')
    if (underWay.length >= CALLS_UNDER_WAY) await underWay.shift()
    if (appends % APPENDS_BETWEEN_RETENTIONS === 0) {
      await log.enforceRetention({ groups: [COPY_GROUP, EFFECT_GROUP], positions: [] })
    }
  }
  await Promise.all(underWay)
}

function next(keys: readonly string[], numbers: Map<string, number>): RecordName {
  const key = random.pick(keys)
  const number = (numbers.get(key) ?? 0) + 1
  numbers.set(key, number)
  return { key, run: workload.run, number }
}

async function append(log: Log, topic: string, records: readonly LogRecord[]): Promise<void> {
  const names = records.map((record) => textOf({ ...record, topic, partition: 0, offset: 0, timestamp: 0 }, 'name'))
  if (workload.acknowledgesTooEarly) {
    report('acknowledged', topic, ...names.map((name) => `${name}@?@?`))
    await sleep(WRITTEN_BEHIND_MS)
  }
  const positions = await log.append(records)
  if (workload.acknowledgesTooEarly) return
  const told = positions.map(({ partition, offset }, i) => `${names[i]}@${partition}@${offset}`)
  report('acknowledged', topic, ...told)
}

async function work(until: number, numbers: Map<string, number>): Promise<void> {
  const log = await openLog()
  const consumers = [consumeCopies(log, random, report)]
  if (workload.effects !== undefined) consumers.push(consumeEffects(log, workload.effects, random, report))
  const keys = (producer: number) => [1, 2].map((key) => `key${producer}-${key}`)
  const producers = [1, 2, 3].map((producer) => produce(log, SOURCE, keys(producer), numbers, until))
  producers.push(produce(log, PASSING, ['bell'], numbers, until))
  // A consumer never ends by itself: when one does, its error ends the program.
  await Promise.race([Promise.all(producers), Promise.all(consumers.map(({ done }) => done))])
  if (workload.drains) await drained(log)
  await log.close()
}

async function drained(log: Log): Promise<void> {
  const lags = () => Promise.all([COPY_GROUP, EFFECT_GROUP].map((group) => log.lag(group, SOURCE)))
  while ((await lags()).some((lag) => lag > 0)) await sleep(5)
}

if (workload.findsFolder) mkdirSync(workload.folder, { recursive: true })
const numbers = new Map<string, number>()
if (workload.closesAt !== undefined) await work(workload.closesAt, numbers)
await work(workload.records, numbers)
