import { statfs } from 'node:fs/promises'
import type { Configuration } from '@portreeve/configuration'
import type { PendingState } from '@portreeve/ledger'
import type { Metrics } from '@portreeve/telemetry/metrics'
import { readProcess } from '@portreeve/telemetry/process-metrics'
import manifest from '../../package.json' with { type: 'json' }
import type { BrokerEvents } from '../events.ts'
import type { Stores } from '../open-stores.ts'
import type { Receiver } from '../receivers.ts'
import { messageTopics } from '../topics.ts'
import { groupsOf, lagOf, ledgerLag } from './lags.ts'

export interface MetricsParts extends Pick<Stores, 'log' | 'ledger' | 'state' | 'receivers' | 'topics'> {
  readonly configuration: Configuration
  readonly events: Pick<BrokerEvents, 'failing' | 'pausedReceivers'>
  readonly now: () => Date
}

const pendingStates: readonly PendingState[] = ['waiting', 'unknown', 'parked']

/** Has everything that stands in the stores read from there. */
export function readBroker(metrics: Metrics, parts: () => MetricsParts): void {
  metrics.read('portreeve_messages', () => {
    const { ledger, receivers } = parts()
    const places = new Map(receivers.map((receiver) => [receiver.name, placeOf(receiver)]))
    return ledger.counts().map(({ type, receiver, state: stands, messages: value }) => {
      return { labels: { type, state: stands, ...(places.get(receiver) ?? { route: '', receiver }) }, value }
    })
  })
  metrics.read('portreeve_oldest_waiting_seconds', () => {
    const { ledger, receivers, now } = parts()
    return receivers.flatMap((receiver) =>
      pendingStates.map((stands) => {
        const since = ledger.oldest(receiver.name, stands)
        const value = since === null ? 0 : Math.max(0, (now().getTime() - since.getTime()) / 1000)
        return { labels: { state: stands, ...placeOf(receiver) }, value }
      }),
    )
  })
  metrics.read('portreeve_consumer_lag_records', () => {
    const { log, configuration, receivers } = parts()
    const groups = groupsOf(configuration, receivers)
    return Promise.all(
      groups.map(async ({ group, from }) => ({ labels: { group }, value: await lagOf(log, group, from) })),
    )
  })
  metrics.read('portreeve_ledger_lag_records', async () => {
    const { log, ledger, topics } = parts()
    return [{ labels: {}, value: await ledgerLag(log, ledger, messageTopics(topics)) }]
  })
  metrics.read('portreeve_receiver_paused', () => {
    const { events, receivers } = parts()
    return receivers.map((receiver) => {
      return { labels: placeOf(receiver), value: events.pausedReceivers.has(receiver.name) ? 1 : 0 }
    })
  })
  const processes = () => {
    const { state, configuration } = parts()
    const counts = new Map(state.processes.counts().map((count) => [count.process, count]))
    return configuration.processes.map(({ name }) => counts.get(name) ?? { process: name, open: 0, needPerson: 0 })
  }
  metrics.read('portreeve_open_transactions', () =>
    processes().map(({ process, open: value }) => ({ labels: { process }, value })),
  )
  metrics.read('portreeve_transactions_needing_person', () =>
    processes().map(({ process, needPerson: value }) => ({ labels: { process }, value })),
  )
  metrics.read('portreeve_part_failing', () =>
    [...parts().events.failing].map(([part, code]) => ({ labels: { part, code }, value: 1 })),
  )
  metrics.read('portreeve_disk_free_bytes', async () => {
    const { bavail, bsize } = await statfs(parts().configuration.dataFolder)
    return [{ labels: {}, value: bavail * bsize }]
  })
  const build = { version: manifest.version, node: process.version }
  metrics.read('portreeve_build_info', () => [{ labels: build, value: 1 }])
  readProcess(metrics)
}

function placeOf({ route, label }: Receiver): { readonly route: string; readonly receiver: string } {
  return { route: route.name, receiver: label }
}
