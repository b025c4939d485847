import { setTimeout as sleep } from 'node:timers/promises'
import { PortreeveError } from '@portreeve/errors'
import type { Log } from '@portreeve/log'
import type { Bell } from '../bell.ts'
import type { BrokerEvents } from '../events.ts'
import { keepRunning } from '../keep-running.ts'
import type { MessageMaker } from '../message-maker.ts'
import type { Receiver } from '../receivers.ts'
import { repeatHandler } from './repeat-records.ts'
import { type Replay, type ReplayRange, type ReplayStarted, readReplays, replayRecord } from './replay-records.ts'
import { replayGroup } from './replay-topic.ts'
import { type StandingLedger, standingAt } from './standing.ts'

const lookEveryMs = 1000
/** Most messages that one replay puts before its receiver at once. */
const atOnce = 500

export interface ReplayWork {
  readonly log: Log
  readonly ledger: StandingLedger
  readonly receivers: readonly Receiver[]
  readonly maker: MessageMaker
  readonly events: BrokerEvents
  readonly now: () => Date
  /** Rung when a person has started a replay or stopped one. */
  readonly decided: Bell
  /** Others may have decided. Default: false. */
  readonly areMany?: boolean
  readonly signal: AbortSignal
}

/** Runs every replay that is under way, each at the pace of its receiver. Goes on where it was after a restart. */
export async function runReplaysUntilStopped(work: ReplayWork): Promise<void> {
  const { log, events, decided, areMany = false, signal } = work
  const running = new Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>()
  while (!signal.aborted) {
    try {
      const underWay = new Map(
        (await readReplays(log)).filter(isUnderWay).map(({ started }) => [started.replay, started]),
      )
      for (const [replay, { stop }] of running) if (!underWay.has(replay)) stop.abort()
      for (const [replay, started] of underWay) if (!running.has(replay)) start(replay, started)
      events.recovered('replays')
    } catch (error) {
      if (!signal.aborted) events.failed('replays', error)
    }
    await decided.wait(running.size === 0 && !areMany ? 60_000 : lookEveryMs, signal)
  }
  await Promise.all([...running.values()].map(({ done }) => done))

  function start(replay: string, started: ReplayStarted): void {
    const stop = new AbortController()
    const done = runReplay(started, work, AbortSignal.any([signal, stop.signal])).catch((error) => {
      if (!signal.aborted) events.failed(`replay ${replay}`, error)
    })
    running.set(replay, { stop, done: done.finally(() => running.delete(replay)) })
  }
}

export function isUnderWay({ ended }: Replay): boolean {
  return ended === null
}

async function runReplay(replay: ReplayStarted, work: ReplayWork, signal: AbortSignal): Promise<void> {
  const { log, ledger, receivers, maker, events, now, areMany = false } = work
  const group = replayGroup(replay.replay)
  const receiver = receivers.find(({ name }) => name === replay.receiver)
  const tell = (kind: 'finished' | 'stopped', why?: string) => {
    const at = now().toISOString()
    return log.append([replayRecord({ kind, replay: replay.replay, at, ...(why !== undefined && { why }) })])
  }
  if (!receiver) {
    // Another worker's configuration may have it.
    if (areMany)
      throw new PortreeveError('PRV_BROKER_REPLAY_NOT_HERE', { replay: replay.replay, receiver: replay.receiver })
    await tell('stopped', `${replay.receiver} is no receiver of the configuration any more`)
    return
  }
  await beginAtRanges(log, group, replay.ranges)
  const { maxPerMinute = atOnce } = receiver.route.limits
  const most = Math.min(atOnce, maxPerMinute)
  const handler = repeatHandler(replay, { log, maker, standingOf: standingAt(receiver, ledger), atOnce: most })
  const topics = [...new Set(replay.ranges.map(({ topic }) => topic))]
  const over = new AbortController()
  const start = () => log.consume({ group, topics, startFrom: 'latest', maxRecords: most }, handler)
  const reading =
    topics.length === 0
      ? Promise.resolve()
      : keepRunning(`replay ${replay.replay}`, start, events, AbortSignal.any([signal, over.signal]))
  try {
    await untilLookedThrough(log, group, replay.ranges, signal)
  } finally {
    over.abort()
    await reading
  }
  if (!signal.aborted) await tell('finished')
}

/** A group that has a position keeps it: it has begun before. */
async function beginAtRanges(log: Log, group: string, ranges: readonly ReplayRange[]): Promise<void> {
  const known = await log.positions(group)
  for (const { topic, partition, start } of ranges) {
    const isKnown = known.some((position) => position.topic === topic && position.partition === partition)
    const [range] = isKnown ? [] : (await log.ranges(topic)).filter((one) => one.partition === partition)
    if (range) await log.seek(group, { topic, partition, offset: Math.max(start, range.start) })
  }
}

async function untilLookedThrough(log: Log, group: string, ranges: readonly ReplayRange[], signal: AbortSignal) {
  let left = ranges
  while (left.length > 0 && !signal.aborted) {
    const positions = await log.positions(group)
    const still: ReplayRange[] = []
    for (const range of left) {
      const at = positions.find(({ topic, partition }) => topic === range.topic && partition === range.partition)
      if (at === undefined || !(await isPast(log, at.offset, range))) still.push(range)
    }
    left = still
    if (left.length > 0) await sleep(lookEveryMs / 10, undefined, { signal }).catch(() => undefined)
  }
}

/** Offsets may have gaps: a position below the end is past it when nothing stands between. */
async function isPast(log: Log, offset: number, { topic, partition, end }: ReplayRange): Promise<boolean> {
  if (offset >= end) return true
  const { records } = await log.read({ topic, partition, from: offset, maxRecords: 1 })
  return (records[0]?.offset ?? end) >= end
}
