import { setTimeout as sleep } from 'node:timers/promises'
import type { Adapter, Emitted, Polled } from '@portreeve/adapter-sdk'
import type { Cursors } from '@portreeve/state'
import { noTracing, type Tracing } from '@portreeve/telemetry'
import type { Acceptance, Accepted } from './acceptance.ts'
import { type BrokerEvents, describe } from './events.ts'

export interface PollerOptions {
  readonly label: string
  readonly poll: NonNullable<Adapter['poll']>
  readonly acceptance: Acceptance
  readonly cursors: Cursors
  readonly events: BrokerEvents
  readonly pollEverySeconds: number
  readonly signal: AbortSignal
  /** Default: none. */
  readonly tracing?: Tracing
  /** `traceParent` of what something that is new belongs to. Default: a trace of its own. */
  readonly traceOf?: (message: Emitted) => string | undefined
}

/** Asks an adapter again and again what is new. A fault is told once and does not end the asking. */
export async function pollUntilStopped(options: PollerOptions): Promise<void> {
  const { label, signal, events } = options
  while (!signal.aborted) {
    try {
      await pollOnce(options)
      events.recovered(`poll ${label}`)
    } catch (error) {
      if (signal.aborted) return
      events.failed(`poll ${label}`, error)
    }
    await sleep(options.pollEverySeconds * 1000, undefined, { signal }).catch(() => undefined)
  }
}

/** What was accepted and cannot be settled holds up nothing behind it, unless a cursor would pass it. */
async function pollOnce(options: PollerOptions): Promise<void> {
  const { label, poll, cursors, events, signal } = options
  let fault: unknown
  for await (const { polled, cursor } of poll(await cursors.get(label), signal)) {
    const accepted = await acceptedOf(polled, options)
    const { message, fileName } = polled
    events.accepted({ label, type: message.type, ...(fileName !== undefined && { fileName }), ...accepted })
    try {
      await polled.settle(accepted)
    } catch (error) {
      if (cursor !== null) throw error
      fault ??= error
    }
    if (cursor !== null) await cursors.set(label, cursor)
    if (signal.aborted) return
  }
  if (fault !== undefined) throw fault
}

async function acceptedOf({ message }: Polled, options: PollerOptions): Promise<Accepted> {
  const { label, acceptance, tracing = noTracing, traceOf } = options
  const { type } = message
  const span = tracing.start('poll', label, { follows: [traceOf?.(message)], attributes: { type, label } })
  try {
    const accepted = await acceptance.accept(message, label, span.traceParent)
    span.set({ state: accepted.status, reference: accepted.reference })
    return accepted
  } catch (error) {
    span.fail(describe(error).code)
    throw error
  } finally {
    span.end()
  }
}
