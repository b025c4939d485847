import type { Adapter } from '@portreeve/adapter-sdk'
import type { Configuration } from '@portreeve/configuration'
import type { Envelope } from '@portreeve/envelope'
import type { Tracing } from '@portreeve/telemetry'
import type { Acceptance } from './acceptance.ts'
import { adapterNamed } from './adapters.ts'
import { redeliverUntilStopped } from './dead-letter-runner.ts'
import type { BrokerEvents } from './events.ts'
import { keepRunning } from './keep-running.ts'
import type { MessageMaker } from './message-maker.ts'
import type { Stores } from './open-stores.ts'
import { pollUntilStopped } from './poller.ts'
import { answerTrace } from './process/answer-trace.ts'
import type { ReceiverConsumer } from './receiver-consumer.ts'
import type { ReferenceNumbers } from './reference-numbers.ts'
import { splitterHandler } from './splitter-consumer.ts'

/** What everything that a broker sets going needs. */
export interface Work extends Pick<Stores, 'log' | 'workers' | 'state' | 'claims'> {
  readonly configuration: Configuration
  /** By label. */
  readonly adapters: ReadonlyMap<string, Adapter>
  readonly acceptance: Acceptance
  readonly references: ReferenceNumbers
  readonly maker: MessageMaker
  readonly events: BrokerEvents
  readonly tracing: Tracing
  /** Aborted when nothing more is to be taken in. */
  readonly signal: AbortSignal
}

/** Asks every adapter that can poll, on one worker at a time, at the pace of its own `pollEverySeconds`. */
export function startPollers(work: Work): Promise<void>[] {
  const { configuration, adapters, acceptance, state, events, tracing, workers } = work
  const traceOf = answerTrace(configuration, state.processes)
  return configuration.adapters.flatMap(({ label, config }) => {
    const adapter = adapters.get(label)
    if (!adapter?.poll) return []
    const poll = adapter.poll.bind(adapter)
    const pollEverySeconds = secondsBetweenPolls(config)
    const cursors = state.cursors
    const options = { label, poll, acceptance, cursors, events, pollEverySeconds, tracing, traceOf }
    return [workers.onOne(label, work.signal, (signal) => pollUntilStopped({ ...options, signal }))]
  })
}

/** Reads the documents of every split route. */
export function startSplitters(work: Work): Promise<void>[] {
  const { configuration, adapters, acceptance, claims, references, maker, events, log, signal, tracing } = work
  return configuration.routes.flatMap((route) => {
    if (route.kind !== 'split') return []
    const receive = adapters.get(route.split)?.receive
    const instance = configuration.adapters.find(({ label }) => label === route.split)
    const documents = instance && adapterNamed(instance.adapter)?.documents
    if (!receive || !documents) throw new TypeError(`${route.split} cannot receive; the linter should have said so`)
    const isFirst = (envelope: Envelope, place: string) => acceptance.isFirst(envelope, place)
    const handler = splitterHandler({
      route: route.name,
      receive,
      documents,
      claims,
      isFirst,
      references,
      maker,
      events,
      tracing,
    })
    const start = () => log.consume({ group: route.name, topics: route.from, maxRecords: 1 }, handler)
    return [keepRunning(`route ${route.name}`, start, events, signal)]
  })
}

/** Delivers to every receiver, and sends again what a person has released. */
export function startReceivers(consumers: readonly ReceiverConsumer[], work: Work): Promise<void>[] {
  const { log, state, events, signal } = work
  return consumers.flatMap((consumer) => {
    const start = () => log.consume(consumer.consumeOptions, consumer.handler)
    return [
      keepRunning(`receiver ${consumer.name}`, start, events, signal),
      redeliverUntilStopped(consumer, { log, state, events, signal }),
    ]
  })
}

function secondsBetweenPolls(config: unknown): number {
  const seconds =
    typeof config === 'object' && config !== null && 'pollEverySeconds' in config && config.pollEverySeconds
  if (typeof seconds === 'number') return seconds
  throw new TypeError('an adapter that polls declares pollEverySeconds with a default')
}
