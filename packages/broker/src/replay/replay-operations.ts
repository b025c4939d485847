import { PortreeveError } from '@portreeve/errors'
import type { Ledger } from '@portreeve/ledger'
import type { Log } from '@portreeve/log'
import type { Arguments } from '../operation-arguments.ts'
import type { Operations, ReplayStatus } from '../operations.ts'
import type { Receiver } from '../receivers.ts'
import { ReferenceNumbers } from '../reference-numbers.ts'
import { previewFor } from './preview.ts'
import { replayCounts } from './replay-counts.ts'
import { type Replay, type ReplaySelection, readReplays, replayRecord } from './replay-records.ts'
import { replayGroup } from './replay-topic.ts'
import { isUnderWay } from './run-replays.ts'
import { rangesOf } from './selected.ts'

export interface ReplayOperationParts {
  readonly log: Log
  readonly ledger: Ledger
  readonly receivers: readonly Receiver[]
  readonly now?: () => Date
  /** A broker at work is told that a person has decided; one that starts finds it. */
  readonly onReplayDecided?: () => void
}

type ReplayOperations = Pick<Operations, 'previewReplay' | 'startReplay' | 'stopReplay' | 'replays'>

/** What people do about replays: decisions are records of the replays' own topic, and a broker at work acts on them. */
export function replayOperations(parts: ReplayOperationParts): ReplayOperations {
  const { log, ledger, now = () => new Date(), onReplayDecided = () => undefined } = parts
  const references = new ReferenceNumbers(log)

  return {
    async previewReplay(query) {
      const previews = []
      for (const receiver of receiversOf(query)) previews.push(await previewFor(receiver, selectionOf(query), parts))
      return { receivers: previews }
    },

    async startReplay({ by, why, ...query }) {
      const receivers = receiversOf(query)
      const numbers = await references.take(receivers.length)
      const at = now().toISOString()
      const started = await Promise.all(
        receivers.map(async ({ name: receiver, route }, index) => {
          const selection = selectionOf(query)
          const ranges = await rangesOf(route.from, selection, { log, ledger })
          const replay = numbers[index] ?? ''
          const again = query.again === true
          return { kind: 'started', replay, at, by, why, receiver, again, ranges, ...selection } as const
        }),
      )
      await log.append(started.map(replayRecord))
      onReplayDecided()
      return { replays: started.map(({ replay, receiver }) => ({ replay, receiver })) }
    },

    async stopReplay({ replay, by, why }) {
      const found = (await readReplays(log)).find(({ started }) => started.replay === replay)
      if (!found || !isUnderWay(found)) throw new PortreeveError('PRV_BROKER_REPLAY_NOT_UNDER_WAY', { replay })
      await log.append([replayRecord({ kind: 'stopped', replay, at: now().toISOString(), by, why })])
      onReplayDecided()
    },

    async replays() {
      const all = await readReplays(log)
      return { replays: await Promise.all(all.toReversed().map((replay) => statusOf(replay, log))) }
    },
  }

  /** Throws `PRV_BROKER_REPLAY_RECEIVER`: nobody is sent anything by mistake. */
  function receiversOf({ receiver, allReceivers, type }: Arguments['previewReplay']): readonly Receiver[] {
    const named = parts.receivers.filter(({ name }) => receiver === undefined || name === receiver)
    const found = named.filter(({ route: { from } }) => type === undefined || from.includes(type))
    const isSaid = (receiver !== undefined) !== (allReceivers === true)
    if (isSaid && found.length > 0) return found
    throw new PortreeveError('PRV_BROKER_REPLAY_RECEIVER', {
      receiver: receiver ?? (allReceivers ? 'any receiver' : 'no receiver'),
      type: type ?? 'any type',
      receivers: parts.receivers.map(({ name }) => name).join(', ') || 'none',
    })
  }
}

function selectionOf({ reference, type, from, to }: Arguments['previewReplay']): ReplaySelection {
  return {
    ...(reference !== undefined && { reference }),
    ...(type !== undefined && { type }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}

async function statusOf({ started, ended }: Replay, log: Log): Promise<ReplayStatus> {
  const { replay, receiver, at, by, why, again, ranges, reference, type, from, to } = started
  const positions = await log.positions(replayGroup(replay))
  let [looked, left] = [0, 0]
  for (const { topic, partition, start, end } of ranges) {
    const position = positions.find((one) => one.topic === topic && one.partition === partition)
    const at = Math.max(start, Math.min(end, position?.offset ?? start))
    looked += replayCounts(position?.metadata ?? null).looked ?? at - start
    // Offsets may have gaps, and nobody knows yet how many of these there are.
    left += end - at
  }
  return {
    replay,
    receiver,
    startedAt: at,
    by,
    why,
    again,
    reference: reference ?? null,
    type: type ?? null,
    from: from ?? null,
    to: to ?? null,
    state: ended === null ? 'under-way' : ended.kind,
    endedAt: ended?.at ?? null,
    endedBy: ended?.by ?? null,
    endedWhy: ended?.why ?? null,
    messages: positions.reduce((sum, { metadata }) => sum + replayCounts(metadata).messages, 0),
    looked,
    inAll: ended?.kind === 'finished' ? looked : looked + left,
  }
}
