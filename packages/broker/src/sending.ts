import type { Adapter, OutgoingBatch } from '@portreeve/adapter-sdk'
import type { CallGate } from './call-gate.ts'

/** What of an adapter a receiver is reached by. */
export type Sending = Pick<Adapter, 'send' | 'lookup'>

export function boundSending(adapter: Adapter): Sending {
  const { send, lookup } = adapter
  return { ...(send && { send: send.bind(adapter) }), ...(lookup && { lookup: lookup.bind(adapter) }) }
}

/** The same, as long as the gate is open. Without a gate, always. */
export function throughGate(gate: CallGate | undefined, sending: Sending): Sending {
  if (!gate) return sending
  const { send, lookup } = sending
  return {
    ...(send && { send: (batch: OutgoingBatch, signal: AbortSignal) => gate.pass(signal, () => send(batch, signal)) }),
    ...(lookup && {
      lookup: (batch: OutgoingBatch, signal: AbortSignal) => gate.pass(signal, () => lookup(batch, signal)),
    }),
  }
}
