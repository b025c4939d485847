import { isPortreeveError } from '@portreeve/errors'
import type { Ledger, LedgerRecord } from '@portreeve/ledger'
import { assertTailPresent, type Log, type StoredRecord } from '@portreeve/log'
import type { BrokerEvents } from './events.ts'
import { fromRecord } from './message-record.ts'

const maxRecords = 1000

/** Rejects with `PRV_LOG_TAIL_LOST` when the ledger has seen records that the log has not. */
export async function refuseLostTail(log: Log, ledger: Ledger, topics: readonly string[]): Promise<void> {
  const known = new Set(topics)
  const seen = ledger.positions().filter(({ topic }) => known.has(topic))
  for (const topic of known) {
    assertTailPresent(
      topic,
      await log.ranges(topic),
      seen.filter((position) => position.topic === topic),
    )
  }
}

/** Follows every topic and keeps the ledger behind it by as little as can be; ends when the signal is aborted. */
export async function projectUntilStopped(
  log: Log,
  ledger: Ledger,
  topics: readonly string[],
  events: BrokerEvents,
  signal: AbortSignal,
): Promise<void> {
  const partitions = await partitionsOf(log, topics)
  await Promise.all(
    partitions.map(async ({ topic, partition }) => {
      while (!signal.aborted) {
        try {
          await projectOnce(log, ledger, topic, partition, 1000, signal)
          events.recovered(`ledger ${topic}`)
        } catch (error) {
          if (signal.aborted) return
          events.failed(`ledger ${topic}`, error)
          await new Promise((resolve) => setTimeout(resolve, 1000))
        }
      }
    }),
  )
}

/** Brings the ledger up to the ends that the log has now: for the command line when no broker runs. */
export async function projectToEnd(log: Log, ledger: Ledger, topics: readonly string[]): Promise<void> {
  for (const { topic, partition } of await partitionsOf(log, topics)) {
    while ((await projectOnce(log, ledger, topic, partition, 0)) > 0) {
      // Until a read brings nothing more.
    }
  }
}

async function projectOnce(
  log: Log,
  ledger: Ledger,
  topic: string,
  partition: number,
  waitMs: number,
  signal?: AbortSignal,
): Promise<number> {
  const from = ledger.position(topic, partition) ?? 0
  const read = await log.read({ topic, partition, from, maxRecords, waitMs, ...(signal && { signal }) })
  if (read.records.length > 0) {
    ledger.apply(topic, partition, read.records.flatMap(ledgerRecord), read.next)
  }
  return read.records.length
}

/** A record that is no message has no place in the ledger; the receivers move it to the Invalid Message Channel. */
function ledgerRecord(record: StoredRecord): LedgerRecord[] {
  try {
    return [{ ...fromRecord(record), offset: record.offset }]
  } catch (error) {
    if (isPortreeveError(error)) return []
    throw error
  }
}

async function partitionsOf(log: Log, topics: readonly string[]): Promise<{ topic: string; partition: number }[]> {
  const all: { topic: string; partition: number }[] = []
  for (const topic of topics) {
    for (const { partition } of await log.ranges(topic)) all.push({ topic, partition })
  }
  return all
}
