import type { ProcessInstance } from '@portreeve/core'
import type { Envelope } from '@portreeve/envelope'
import type { Span, Tracing } from '@portreeve/telemetry'

/** One span for each transaction about which something is sent out, so that what is sent follows from it. */
export class DecisionSpans {
  readonly #tracing: Tracing
  readonly #spans = new Map<string, { readonly span: Span; messages: number }>()

  constructor(tracing: Tracing) {
    this.#tracing = tracing
  }

  /** `traceParent` of one more message about this transaction; its envelope is what the transaction began with. */
  traceParentOf({ process, id, reference }: ProcessInstance, { traceParent }: Envelope): string {
    const key = `${process} ${id}`
    let decision = this.#spans.get(key)
    if (!decision) {
      const start = { follows: [traceParent], attributes: { process, reference } }
      decision = { span: this.#tracing.start('decide', process, start), messages: 0 }
      this.#spans.set(key, decision)
    }
    decision.messages += 1
    return decision.span.traceParent
  }

  end(): void {
    for (const { span, messages } of this.#spans.values()) {
      span.set({ messages })
      span.end()
    }
  }
}
