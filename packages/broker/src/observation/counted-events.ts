import type { Metrics } from '@portreeve/telemetry/metrics'
import type { CountedEvents } from '../events.ts'
import type { Receiver } from '../receivers.ts'

/** Counts what comes in and what becomes of it. */
export function countedEvents(metrics: Metrics, receivers: () => readonly Receiver[]): Required<CountedEvents> {
  const count = (receiver: string, state: string, by: number) => {
    const found = receivers().find(({ name }) => name === receiver)
    const place = found ? { route: found.route.name, receiver: found.label } : { route: '', receiver }
    metrics.count('portreeve_delivery_outcomes_total', { ...place, state }, by)
  }
  return {
    accepted({ label: source, type, status }) {
      const name = status === 'accepted' ? 'portreeve_accepted_messages_total' : 'portreeve_duplicate_messages_total'
      metrics.count(name, { type, source })
    },
    delivered({ receiver, outcomes }) {
      const counts = new Map<string, number>()
      for (const { state } of outcomes) counts.set(state, (counts.get(state) ?? 0) + 1)
      for (const [state, messages] of counts) count(receiver, state, messages)
    },
    unknown: ({ receiver, messages }) => count(receiver, 'unknown', messages),
  }
}
