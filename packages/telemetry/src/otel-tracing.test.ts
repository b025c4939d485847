import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  InMemorySpanExporter,
  ParentBasedSampler,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { beforeEach, expect, it } from 'vitest'
import { LinkedSampler } from './linked-sampler.ts'
import { noTracing } from './no-tracing.ts'
import { otelTracing } from './otel-tracing.ts'
import { readTraceParent } from './trace-parent.ts'
import type { Tracing } from './tracing.ts'

const one = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const sameTrace = '00-0af7651916cd43dd8448eb211c80319c-00000000000000aa-01'
const other = '00-11111111111111111111111111111111-2222222222222222-01'
const unrecorded = '00-33333333333333333333333333333333-4444444444444444-00'

let exporter: InMemorySpanExporter
let all: Tracing
let none: Tracing
beforeEach(() => {
  exporter = new InMemorySpanExporter()
  const spanProcessors = [new SimpleSpanProcessor({ exporter })]
  const tracing = (sampler: AlwaysOffSampler) => {
    const root = new LinkedSampler(sampler)
    return otelTracing(
      new TracerProvider({ sampler: new ParentBasedSampler({ root }), spanProcessors }).getTracer('test'),
    )
  }
  all = tracing(new AlwaysOnSampler())
  none = tracing(new AlwaysOffSampler())
})

function ended(tracing: Tracing, follows: readonly (string | undefined)[]) {
  const span = tracing.start('deliver', 'r.crm', { follows, attributes: { state: 'delivered' } })
  span.end()
  const [found] = exporter.getFinishedSpans()
  return { span, found, links: found?.links.map(({ context }) => context.spanId) }
}

it('goes on with the trace of the one message that it follows from', () => {
  const { span, found } = ended(all, [one])
  expect(found).toMatchObject({ name: 'deliver r.crm', parentSpanContext: { spanId: 'b7ad6b7169203331' }, links: [] })
  const { traceId, spanId } = found?.spanContext() ?? {}
  expect(readTraceParent(span.traceParent)).toEqual({ traceId, spanId, isSampled: true })
  expect(traceId).toBe('0af7651916cd43dd8448eb211c80319c')
})

it('stays in the trace that several messages share, linked to each', () => {
  const { found, links } = ended(all, [one, one, sameTrace])
  expect(found?.parentSpanContext?.spanId).toBe('b7ad6b7169203331')
  expect(links).toEqual(['00000000000000aa'])
})

it('is a trace of its own where traces meet, linked to those that are recorded, and recorded as they are', () => {
  const { found, links } = ended(none, [one, unrecorded, undefined, other])
  expect(found?.parentSpanContext).toBeUndefined()
  expect(links).toEqual(['b7ad6b7169203331', '2222222222222222'])
})

it('records nothing of what is not recorded, and carries its trace on', () => {
  const { span } = ended(all, [unrecorded])
  expect(span.isRecorded).toBe(false)
  expect(span.traceParent).toBe(unrecorded)
  expect(exporter.getFinishedSpans()).toEqual([])
})

it('begins a trace, recorded or not as the ratio has it, where nothing came before', () => {
  expect(readTraceParent(none.start('poll', 'crm').traceParent)).toMatchObject({ isSampled: false })
  expect(readTraceParent(all.start('poll', 'crm', { follows: ['Zaphod'] }).traceParent)).toMatchObject({
    isSampled: true,
  })
})

it('says why something failed by its code alone', () => {
  const span = all.start('deliver', 'r.crm', { follows: [one] })
  span.fail('PRV_HTTP_UNREACHABLE')
  span.end()
  const [found] = exporter.getFinishedSpans()
  expect(found?.status).toEqual({ code: 2 })
  expect(found?.attributes).toEqual({ 'messaging.system': 'portreeve', 'error.type': 'PRV_HTTP_UNREACHABLE' })
})

it('keeps traces going where nobody records any', () => {
  expect(noTracing.start('accept', 'a.b.c', { follows: [undefined, one] }).traceParent).toBe(one)
  expect(readTraceParent(noTracing.start('accept', 'a.b.c').traceParent)).toMatchObject({ isSampled: false })
})
