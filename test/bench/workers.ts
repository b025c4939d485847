import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Worker } from '../resilience/support/workers.ts'
import { anyBroker } from '../support/kafka.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { type BoroughOptions, TestBorough } from '../system/support/borough.ts'
import { reportFile } from '../system/support/report-file.ts'
import { testFolder } from '../system/support/test-folder.ts'
import { until } from '../system/support/until.ts'
import type { Row } from './row.ts'
import { figuresOf } from './tell-us-once.ts'
import { configured, secondJourney } from './tell-us-once-configuration.ts'

const files = 4
const reportsPerFile = 2500
const withinMs = 300_000

/** Both journeys on the embedded log and on Kafka, in one run on one machine: brokers, workers and stand-in share its processors. */
export async function benchWorkers(): Promise<Row[]> {
  if (withoutKafka() !== '') return []
  await using kafka = await anyBroker()
  const onKafka = () => ({ engine: 'kafka', brokers: kafka.brokers, prefix: `b${randomUUID().slice(0, 8)}.` }) as const
  const embedded = await reports('embedded log', 1)
  const one = await reports('one worker on Kafka', 1, { log: onKafka() })
  const two = await reports('two workers on Kafka', 2, { log: onKafka() })
  const transactions = await figuresOf(secondJourney(await configured()))
  const onBrokers = await figuresOf({ ...secondJourney(await configured()), log: onKafka() })
  return [
    ...embedded,
    ...one,
    ...two,
    { name: 'workers: embedded log', value: transactions.perSecond, unit: 'transactions/s' },
    { name: 'workers: one worker on Kafka', value: onBrokers.perSecond, unit: 'transactions/s' },
    { name: 'workers: CPU, embedded log', value: transactions.cpuMs, unit: 'ms/1,000 transactions' },
    { name: 'workers: CPU, one worker on Kafka', value: onBrokers.cpuMs, unit: 'ms/1,000 transactions' },
  ]
}

/** Files from the inbox to the stand-in of the VOA, by workers that are processes of their own. */
async function reports(name: string, count: number, options: BoroughOptions = {}): Promise<Row[]> {
  const folder = await testFolder()
  const shared = options.log && { sharedFolder: join(folder, 'shared') }
  await using borough = await TestBorough.start({ folder, startBroker: false, partitions: 4, ...options, ...shared })
  const workers = Array.from({ length: count }, (_, index) => new Worker(borough, `worker-${index + 1}`))
  for (const worker of workers) await worker.start()
  // Warmed up, and the partitions are shared.
  await taken(borough, 1, 500)
  const cpuBefore = await cpuMs(workers)
  const began = performance.now()
  await taken(borough, files, reportsPerFile)
  const seconds = (performance.now() - began) / 1000
  const cpu = (await cpuMs(workers)) - cpuBefore
  for (const worker of workers) await worker.stop()
  const total = files * reportsPerFile
  return [
    { name: `workers: ${name}`, value: Math.round(total / seconds), unit: 'reports/s', note: `${total} reports` },
    { name: `workers: CPU, ${name}`, value: Math.round(cpu / (total / 1000)), unit: 'ms/1,000 reports' },
  ]
}

async function taken(borough: TestBorough, howMany: number, size: number): Promise<void> {
  const before = (await borough.takenReports()).length
  const all = Array.from({ length: howMany }, () => Array.from({ length: size }, () => ({})))
  for (const [index, content] of all.entries()) {
    await borough.drop(`${before}-${index}.xml`, reportFile({ reports: content }))
  }
  const isAll = async () => (await borough.takenReports()).length >= before + howMany * size
  await until('the stand-in has all of them', isAll, { withinMs })
}

/** Of the processes so far, in all. */
async function cpuMs(workers: readonly Worker[]): Promise<number> {
  const each = await Promise.all(workers.map((worker) => worker.cpuMs()))
  return each.reduce((sum, ms) => sum + ms, 0)
}
