import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One span as a collector took it. */
export interface TakenSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly linked: readonly string[]
  readonly attributes: Readonly<Record<string, string | number>>
}

interface OtlpSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly links?: readonly { readonly spanId: string }[]
  readonly attributes: readonly {
    readonly key: string
    readonly value: { readonly stringValue?: string; readonly intValue?: number }
  }[]
}

/** Takes spans by OTLP/HTTP, as JSON. */
export class OtlpCollector implements AsyncDisposable {
  readonly spans: TakenSpan[] = []
  /** Whatever was sent, headers too. */
  readonly texts: string[] = []
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(): Promise<OtlpCollector> {
    const server = createServer()
    const collector = new OtlpCollector(server)
    server.on('request', async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const text = Buffer.concat(parts).toString()
      collector.#take(text)
      collector.texts.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`, text)
      response.setHeader('content-type', 'application/json').end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return collector
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  named(name: string): readonly TakenSpan[] {
    return this.spans.filter((span) => span.name === name)
  }

  #take(text: string): void {
    const { resourceSpans } = JSON.parse(text) as {
      resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[] }[]
    }
    for (const span of resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))) {
      const { name, traceId, spanId, parentSpanId, links = [], attributes } = span
      const values = attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)] as const)
      const linked = links.map((link) => link.spanId)
      this.spans.push({ name, traceId, spanId, parentSpanId, linked, attributes: Object.fromEntries(values) })
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
    })
  }
}
