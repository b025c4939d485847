import type { Log, LogRecord, StoredRecord } from '@portreeve/log'
import { replayTopic } from './replay-topic.ts'

/** Which messages a replay repeats; all that is given must hold. */
export interface ReplaySelection {
  /** Of the transaction, as it is issued. */
  readonly reference?: string
  /** Canonical type. */
  readonly type?: string
  /** Accepted at or after this time; RFC 3339, UTC. */
  readonly from?: string
  /** Accepted before this time. */
  readonly to?: string
}

/** A part of the log that is looked through: from this offset on, up to but without the other one. */
export interface ReplayRange {
  readonly topic: string
  readonly partition: number
  readonly start: number
  readonly end: number
}

/** A person's decision to send a receiver once more what is in these ranges and selected. */
export interface ReplayStarted extends ReplaySelection {
  readonly kind: 'started'
  /** A reference of its own. */
  readonly replay: string
  readonly at: string
  readonly by: string
  readonly why: string
  readonly receiver: string
  /** It is to have effect again where the messages had their effect already. */
  readonly again: boolean
  readonly ranges: readonly ReplayRange[]
}

/** Everything was looked through, or a person did not want any more of it. */
export interface ReplayEnded {
  readonly kind: 'finished' | 'stopped'
  readonly replay: string
  readonly at: string
  readonly by?: string
  readonly why?: string
}

export type ReplayRecorded = ReplayStarted | ReplayEnded

export interface Replay {
  readonly started: ReplayStarted
  /** `null`: it is under way. */
  readonly ended: ReplayEnded | null
}

export function replayRecord(event: ReplayRecorded): LogRecord {
  const encoder = new TextEncoder()
  return {
    topic: replayTopic,
    key: encoder.encode(event.replay),
    value: encoder.encode(JSON.stringify(event)),
    headers: [],
  }
}

/** All that were ever started, oldest first. */
export async function readReplays(log: Pick<Log, 'ranges' | 'read'>): Promise<readonly Replay[]> {
  const replays = new Map<string, Replay>()
  for (const { partition, start, end } of await log.ranges(replayTopic)) {
    for (let from = start; from < end; ) {
      const { records, next } = await log.read({ topic: replayTopic, partition, from })
      for (const record of records) fold(record, replays)
      if (next === from) break
      from = next
    }
  }
  return [...replays.values()]
}

function fold({ value }: StoredRecord, replays: Map<string, Replay>): void {
  const event: ReplayRecorded = JSON.parse(new TextDecoder().decode(value ?? new Uint8Array()))
  if (event.kind === 'started') replays.set(event.replay, { started: event, ended: null })
  else {
    const replay = replays.get(event.replay)
    if (replay && !replay.ended) replays.set(event.replay, { ...replay, ended: event })
  }
}
