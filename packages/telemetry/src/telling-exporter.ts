import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'

type Export = SpanExporter['export']

/** Tells whether spans arrive: a collector that is away must not be found out months later. */
export class TellingExporter implements SpanExporter {
  readonly #sender: SpanExporter
  readonly #told: { onLost(): void; onArrived(): void }

  constructor(sender: SpanExporter, told: { onLost(): void; onArrived(): void }) {
    this.#sender = sender
    this.#told = told
  }

  export(spans: ReadableSpan[], done: Parameters<Export>[1]): void {
    this.#sender.export(spans, (result) => {
      if (result.error === undefined && result.code === 0) this.#told.onArrived()
      else this.#told.onLost()
      done(result)
    })
  }

  async forceFlush(): Promise<void> {
    await this.#sender.forceFlush?.()
  }

  async shutdown(): Promise<void> {
    await this.#sender.shutdown()
  }
}
