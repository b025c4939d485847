// A program of its own, to be stopped, killed and frozen: one worker on a Kafka cluster. What it reports on file descriptor 3
// has happened: `acknowledged` only after `append` has resolved, `consumed` before the position moves.
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isPortreeveError, type PortreeveError } from '@portreeve/errors'
import type { BatchHandler, Log, LogRecord, StoredRecord } from '@portreeve/log'
import { openKafkaLog } from '@portreeve/log-kafka'
import { COPIERS, IN, type KafkaWorker, OUT, READERS, TAKEN_OVER } from './kafka-worker-options.ts'
import { nameText } from './workload-record.ts'

const LANES = 3
const KEYS_IN_LANE = 3
const RUNS_IN_LIFE = 1000
const tryAgainMs = 200

const worker: KafkaWorker = JSON.parse(process.argv[2] ?? '')
const { recordsInCall = 2, pauseMs = 10, valueBytes = 0 } = worker
const stopping = new AbortController()
process.once('SIGTERM', () => stopping.abort())
// Whoever hears nobody any more ends: the write fails.
setInterval(() => report('alive'), 1000).unref()

function report(...words: readonly (string | number)[]): void {
  writeSync(3, `${words.join(' ')}\n`)
}

function faultOf({ code, details: { fault } }: PortreeveError): string {
  return typeof fault === 'string' ? `${code}/${fault.replaceAll(' ', '-')}` : code
}

/** What may pass is tried again until this worker is told to stop. `undefined` then. */
async function persist<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  while (!stopping.signal.aborted) {
    try {
      return await work()
    } catch (error) {
      if (!isPortreeveError(error) || error.code === TAKEN_OVER) throw error
      report('again', faultOf(error))
      if (error.code === 'PRV_LOG_APPEND_UNKNOWN') throw error
      await sleep(tryAgainMs)
    }
  }
  return undefined
}

/** The calls of a lane follow one another. Where nobody knows what became of one, its names are not used again. */
async function produce(log: Log, lane: number): Promise<void> {
  const keys = Array.from({ length: KEYS_IN_LANE }, (_, key) => `${worker.name}-${lane}-${key}`)
  const until = Math.ceil((worker.records ?? Infinity) / LANES)
  for (let run = worker.life * RUNS_IN_LIFE, written = 0; written < until && !stopping.signal.aborted; run += 1) {
    try {
      for (let number = 1; written < until && !stopping.signal.aborted; number += recordsInCall) {
        const records = Array.from({ length: recordsInCall }, (_, index) => {
          return keys.map((key) => recordOf(key, nameText({ key, run, number: number + index })))
        }).flat()
        const positions = await persist(() => log.append(records))
        if (positions === undefined) return
        report('acknowledged', ...records.map(({ value }) => nameIn(value)))
        written += records.length
        await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    } catch (error) {
      if (!isPortreeveError(error, 'PRV_LOG_APPEND_UNKNOWN')) throw error
    }
  }
}

function recordOf(key: string, name: string): LogRecord {
  const headers = [['ce_id', Buffer.from(name)]] as const
  return { topic: IN, key: Buffer.from(key), value: Buffer.from(`${name} `.padEnd(valueBytes, 'x')), headers }
}

function nameIn(value: Uint8Array | null): string {
  return Buffer.from(value ?? [])
    .toString()
    .split(' ', 1)
    .join()
}

const copy: BatchHandler = async ({ records }) => {
  report('copying', records.length)
  return { append: records.map(copyOf), finished: records.length }
}

function copyOf({ key, value, headers }: StoredRecord): LogRecord {
  return { topic: OUT, key, value, headers }
}

const read: BatchHandler = async ({ records }) => {
  report('consumed', ...records.map(({ value }) => nameIn(value)))
  return { append: [], finished: records.length }
}

async function consume(log: Log, group: string, topic: string, handler: BatchHandler): Promise<void> {
  const { maxRecords = 100 } = worker
  const prepare = async ({ partition }: { readonly partition: number }) => report('given', partition)
  while (!stopping.signal.aborted) {
    await persist(async () => {
      const consumer = log.consume({ group, topics: [topic], maxRecords, prepare }, handler)
      const stop = () => void consumer.stop()
      stopping.signal.addEventListener('abort', stop, { once: true })
      await consumer.done.finally(() => stopping.signal.removeEventListener('abort', stop))
    }).catch((error) => {
      if (!isPortreeveError(error, 'PRV_LOG_APPEND_UNKNOWN')) throw error
    })
  }
}

async function work(log: Log): Promise<void> {
  if (worker.work === 'copy') await consume(log, COPIERS, IN, copy)
  else if (worker.work === 'consume') await consume(log, READERS, OUT, read)
  else await Promise.all(Array.from({ length: LANES }, (_, lane) => produce(log, lane)))
}

const { brokers, prefix, transactionalId } = worker
try {
  const log = await persist(() => openKafkaLog({ brokers, prefix, transactionalId }))
  if (log) {
    report('open')
    await work(log).finally(() => log.close())
  }
} catch (error) {
  if (!isPortreeveError(error, TAKEN_OVER)) throw error
  report('ended', TAKEN_OVER)
}
