import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { noTracing } from '@portreeve/telemetry'
import { expect, it, vi } from 'vitest'
import { BrokerEvents } from '../events.ts'
import { startTracing } from './start-tracing.ts'

it('records nothing unless a collector is named', async () => {
  const events = new BrokerEvents()
  expect((await startTracing({}, events)).tracing).toBe(noTracing)
  const telemetry = { sampleRatio: 1, serviceName: 'portreeve' }
  expect((await startTracing({ telemetry }, events)).tracing).toBe(noTracing)
})

it('tells once that spans are lost, and that they arrive again', async () => {
  let status = 400
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end('{}'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const told: string[] = []
  const events = new BrokerEvents({
    failing: ({ what, code }) => told.push(`${what} ${code}`),
    recovered: ({ what }) => told.push(`${what} recovered`),
  })
  const otlpUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const telemetry = { otlpUrl, sampleRatio: 1, serviceName: 'portreeve' }
  const tracing = await startTracing({ telemetry }, events)
  const spanThat = (holds: () => void) =>
    vi.waitFor(
      () => {
        tracing.tracing.start('poll', 'crm').end()
        holds()
      },
      { timeout: 20_000, interval: 200 },
    )
  await spanThat(() => expect(events.failing.get('telemetry')).toBe('PRV_TELEMETRY_EXPORT'))
  status = 200
  await spanThat(() => expect(events.failing.has('telemetry')).toBe(false))
  await tracing[Symbol.asyncDispose]()
  expect(told).toEqual(['telemetry PRV_TELEMETRY_EXPORT', 'telemetry recovered'])
  server.close()
})
