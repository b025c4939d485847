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
      tell(span, outcomes)
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
function tell(span: Span, outcomes: readonly SendOutcome[]): void {
  if (!Array.isArray(outcomes)) return
  const states = new Set<string>()
  let refusal: string | undefined
  let fault: string | undefined
  for (const outcome of outcomes as readonly SendOutcome[]) {
    states.add(outcome.state)
    if (outcome.state === 'refused') refusal ??= outcome.code
    else if (outcome.state !== 'delivered') fault ??= outcome.error.code
  }
  span.set({ state: [...states].sort().join('+'), code: refusal })
  if (fault !== undefined) span.fail(fault)
}
