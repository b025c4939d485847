import type { Receiver as DeliveredTo, SendBatch, SendOutcome } from '@portreeve/core'
import type { Span, SpanName, Tracing } from '@portreeve/telemetry'
import { describe } from './events.ts'

/** The same receiver of this route; each call is a span: in the trace of its message, or linked to those of its messages. */
export function tracedReceiver(receiver: DeliveredTo, route: string, tracing: Tracing): DeliveredTo {
  const { send, lookup } = receiver
  return {
    ...receiver,
    send: (batch, signal) => traced('deliver', batch, () => send(batch, signal)),
    ...(lookup && { lookup: (batch, signal) => traced('ask', batch, () => lookup(batch, signal)) }),
  }

  async function traced(
    name: SpanName,
    { messages }: SendBatch,
    call: () => Promise<readonly SendOutcome[]>,
  ): Promise<readonly SendOutcome[]> {
    const [first] = messages
    const span = tracing.start(name, receiver.name, {
      follows: messages.map(({ envelope }) => envelope.traceParent),
      attributes: {
        type: first?.envelope.type,
        group: receiver.name,
        route,
        messages: messages.length,
        ...(messages.length === 1 && { reference: first?.envelope.reference }),
      },
    })
    try {
      const outcomes = await call()
      if (span.isRecorded) tell(span, outcomes)
      return outcomes
    } catch (error) {
      span.fail(describe(error).code)
      throw error
    } finally {
      span.end()
    }
  }
}

/** An adapter that is at fault may answer with anything: what it means is decided elsewhere. */
function tell(span: Span, outcomes: readonly Partial<SendOutcome | null>[]): void {
  if (!Array.isArray(outcomes)) return
  const known = outcomes.flatMap((outcome) => (outcome?.state === undefined ? [] : [outcome]))
  const refusal = known.find(({ state }) => state === 'refused')
  const fault = known.find(({ state }) => state === 'not-taken' || state === 'unknown')
  const states = [...new Set(known.map(({ state }) => state))].sort()
  span.set({ state: states.join('+'), code: refusal?.code })
  if (fault) span.fail(fault.error?.code ?? '')
}
