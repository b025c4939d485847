import { setTimeout as sleep } from 'node:timers/promises'
import type { Configuration } from '@portreeve/configuration'
import { isDone, type ProcessInstance } from '@portreeve/core'
import type { Log, LogRecord } from '@portreeve/log'
import type { ProcessStore } from '@portreeve/state'
import type { BrokerEvents } from '../events.ts'
import { processRecord } from './process-topic.ts'
import { readInstance } from './stored-instance.ts'

const tryAgainAfterMs = 1000

export interface RemovedSystemsParts {
  readonly configuration: Pick<Configuration, 'processes'> & {
    readonly record: Pick<Configuration['record'], 'version'>
  }
  readonly log: Pick<Log, 'append'>
  readonly store: Pick<ProcessStore, 'allOpen'>
  readonly now: () => Date
  readonly events: BrokerEvents
  readonly signal: AbortSignal
}

/** Tells transactions under way of systems that the configuration has no more. What is told twice has effect once. */
export async function tellRemovedSystems({ events, signal, ...parts }: RemovedSystemsParts): Promise<void> {
  while (!signal.aborted) {
    try {
      for (const process of parts.configuration.processes) await tellOf(process, parts)
      events.recovered('systems that were removed')
      return
    } catch (error) {
      if (signal.aborted) return
      events.failed('systems that were removed', error)
    }
    await sleep(tryAgainAfterMs, undefined, { signal }).catch(() => undefined)
  }
}

async function tellOf(
  { name, systems }: Configuration['processes'][number],
  { configuration, log, store, now }: Omit<RemovedSystemsParts, 'events' | 'signal'>,
): Promise<void> {
  const labels = new Set(systems.map(({ label }) => label))
  const configured = { configuration: configuration.record.version, at: now().toISOString() }
  let after: number | null = 0
  while (after !== null) {
    const page = store.allOpen(name, { after })
    const records = page.instances.flatMap((json) => recordsOf(readInstance(json), labels, configured))
    if (records.length > 0) await log.append(records)
    after = page.next
  }
}

function recordsOf(
  { process, id: instance, key, systems }: ProcessInstance,
  labels: ReadonlySet<string>,
  configured: { readonly configuration: string; readonly at: string },
): readonly LogRecord[] {
  return Object.entries(systems).flatMap(([system, progress]) => {
    if (labels.has(system) || isDone(progress) || progress.state === 'needs-a-person') return []
    return [processRecord(key, { kind: 'system-removed', process, instance, system, ...configured })]
  })
}
