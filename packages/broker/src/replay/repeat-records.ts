import { setTimeout as sleep } from 'node:timers/promises'
import { invalidMessage } from '@portreeve/core'
import { type Message, toHeaders } from '@portreeve/envelope'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import {
  type BatchHandler,
  type Log,
  type LogRecord,
  maxRecordBytes,
  recordBytes,
  type StoredRecord,
} from '@portreeve/log'
import type { MessageMaker } from '../message-maker.ts'
import { invalidMessageTopic } from '../topics.ts'
import { metadataOf, replayCounts } from './replay-counts.ts'
import type { ReplayStarted } from './replay-records.ts'
import { selectedMessage } from './selected.ts'
import { goes, type Standing } from './standing.ts'

const askAgainMs = 100

export interface RepeatParts {
  readonly log: Pick<Log, 'lag'>
  readonly maker: MessageMaker
  readonly standingOf: (message: Message) => Standing
  /** Most messages that are put before the receiver at once: what comes anew waits behind no more than these. */
  readonly atOnce: number
}

interface Repeated {
  readonly append: LogRecord
  /** False of what its receiver has, or is not concerned by: the ledger tells it all the same. */
  readonly goesThere: boolean
}

/**
 * Appends a replay of each selected record, in their order and in the same partition, in one write set with its position: a crash
 * doubles none and loses none. What was done is counted in the metadata of the position. Waits while the receiver has that many left to
 * do, so that ordinary messages have their turn.
 */
export function repeatHandler(replay: ReplayStarted, { log, maker, standingOf, atOnce }: RepeatParts): BatchHandler {
  const ends = new Map(replay.ranges.map(({ topic, partition, end }) => [`${topic}/${partition}`, end]))

  return async ({ topic, partition, records, metadata, signal }) => {
    const end = ends.get(`${topic}/${partition}`) ?? 0
    const inRange = records.filter(({ offset }) => offset < end)
    const again = inRange.flatMap((record) => repeated(record) ?? [])
    if (again.length > 0) await untilRoom(topic, signal)
    const before = replayCounts(metadata)
    const counts = {
      messages: before.messages + again.filter(({ goesThere }) => goesThere).length,
      looked: before.looked === null ? null : before.looked + inRange.length,
    }
    return { append: again.map(({ append }) => append), finished: records.length, metadata: metadataOf(counts) }
  }

  function repeated(record: StoredRecord): Repeated | undefined {
    const message = selectedMessage(record, replay)
    if (!message) return undefined
    try {
      const headers = toHeaders(maker.replay(message.envelope, replay))
      const { topic, partition, key, value } = record
      const again = { topic, partition, key, value, headers }
      if (recordBytes(again) > maxRecordBytes) throw new PortreeveError('PRV_LOG_RECORD_TOO_LARGE', tooLarge(again))
      return { append: again, goesThere: goes(standingOf(message), replay.again) }
    } catch (error) {
      if (!isPortreeveError(error)) throw error
      const told = { receiver: `replay ${replay.replay}`, code: error.code }
      const append = { topic: invalidMessageTopic, ...invalidMessage({ ...record, value: null }, told) }
      return { append, goesThere: false }
    }
  }

  async function untilRoom(topic: string, signal: AbortSignal): Promise<void> {
    while ((await log.lag(replay.receiver, topic)) >= atOnce) await sleep(askAgainMs, undefined, { signal })
  }
}

function tooLarge(record: LogRecord) {
  return { topic: record.topic, bytes: recordBytes(record), limit: maxRecordBytes }
}
