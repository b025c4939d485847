import { setTimeout as sleep } from 'node:timers/promises'
import type { Adapter } from '@portreeve/adapter-sdk'
import type { Cursors } from '@portreeve/state'
import type { Acceptance } from './acceptance.ts'
import type { BrokerEvents } from './events.ts'

export interface PollerOptions {
  readonly label: string
  readonly poll: NonNullable<Adapter['poll']>
  readonly acceptance: Acceptance
  readonly cursors: Cursors
  readonly events: BrokerEvents
  readonly pollEverySeconds: number
  readonly signal: AbortSignal
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
async function pollOnce({ label, poll, acceptance, cursors, events, signal }: PollerOptions): Promise<void> {
  let fault: unknown
  for await (const { polled, cursor } of poll(await cursors.get(label), signal)) {
    const accepted = await acceptance.accept(polled.message, label)
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
