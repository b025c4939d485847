import type { Attributes, Context, Link, SpanKind } from '@opentelemetry/api'
import { type Sampler, SamplingDecision, type SamplingResult } from '@opentelemetry/sdk-trace'

/** For what begins a trace: recorded when it is linked to a trace that is; else another sampler decides. */
export class LinkedSampler implements Sampler {
  readonly #other: Sampler

  constructor(other: Sampler) {
    this.#other = other
  }

  shouldSample(
    context: Context,
    traceId: string,
    spanName: string,
    spanKind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ): SamplingResult {
    return links.length > 0
      ? { decision: SamplingDecision.RECORD_AND_SAMPLED }
      : this.#other.shouldSample(context, traceId, spanName, spanKind, attributes, links)
  }

  toString(): string {
    return `LinkedSampler(${this.#other})`
  }
}
