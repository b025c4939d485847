import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '@portreeve/log'
import type { ProcessStore } from '@portreeve/state'
import type { BrokerEvents } from '../events.ts'
import { processRecord } from './process-topic.ts'
import { readInstance } from './stored-instance.ts'

const defaultLookEveryMs = 1000
const atOnce = 500

export interface TimerParts {
  readonly log: Log
  readonly store: ProcessStore
  readonly now: () => Date
  readonly events: BrokerEvents
  readonly signal: AbortSignal
  /** Between two looks. Default: 1000. */
  readonly lookEveryMs?: number
}

/** Tells processes of the timers that have gone off. A timer that is told twice has effect once. */
export async function watchTimersUntilStopped({
  log,
  store,
  now,
  events,
  signal,
  lookEveryMs = defaultLookEveryMs,
}: TimerParts): Promise<void> {
  const told = new Set<string>()
  while (!signal.aborted) {
    try {
      const due = store.due(now(), atOnce).map((timer) => ({ ...timer, id: JSON.stringify(timer) }))
      for (const id of told) if (!due.some((timer) => timer.id === id)) told.delete(id)
      const records = due.flatMap(({ process, instance, timer, dueAt, id }) => {
        const json = told.has(id) ? null : store.get(process, instance)
        if (json === null) return []
        const at = now().toISOString()
        const event = { kind: 'due', process, instance, at, timer, dueAt: dueAt.toISOString() } as const
        return [processRecord(readInstance(json).key, event)]
      })
      if (records.length > 0) await log.append(records)
      for (const { id } of due) told.add(id)
      events.recovered('timers')
    } catch (error) {
      if (signal.aborted) return
      events.failed('timers', error)
    }
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined)
  }
}
