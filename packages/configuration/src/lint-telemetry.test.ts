import { expect, it } from 'vitest'
import { goodBroker, lint, load } from './testing/lint-example.ts'

const withTelemetry = (telemetry: string) => ({ 'broker.yaml': `${goodBroker}telemetry: ${telemetry}\n` })

it('lets no span leave unless a collector is named, and then few of them', async () => {
  expect((await load({})).configuration).not.toHaveProperty('telemetry')
  const { configuration } = await load(withTelemetry('{ otlpUrl: "http://127.0.0.1:4318" }'))
  expect(configuration?.telemetry).toEqual({
    otlpUrl: 'http://127.0.0.1:4318',
    sampleRatio: 0.05,
    serviceName: 'portreeve',
  })
})

it.each([
  ['"9464"', { listen: '127.0.0.1', port: 9464 }],
  ['127.0.0.1:9464', { listen: '127.0.0.1', port: 9464 }],
  ['"[::1]:9464"', { listen: '::1', port: 9464 }],
  ['192.0.2.7:0', { listen: '192.0.2.7', port: 0 }],
])('shows metrics to this machine alone unless told otherwise: %s', async (metricsListen, place) => {
  const { configuration } = await load(withTelemetry(`{ metricsListen: ${metricsListen} }`))
  expect(configuration?.telemetry?.metricsListen).toEqual(place)
})

it.each([
  ['{ otlpUrl: "ftp://127.0.0.1" }', 'otlpUrl'],
  ['{ otlpUrl: "http://user:secret@127.0.0.1:4318" }', 'otlpUrl'],
  ['{ sampleRatio: 2 }', 'sampleRatio'],
  ['{ serviceName: "two words" }', 'serviceName'],
  ['{ metricsListen: somewhere:9464 }', 'metricsListen'],
  ['{ metricsListen: 127.0.0.1:99999 }', 'port 99999'],
])('refuses %s', async (telemetry, named) => {
  const [problem, ...more] = await lint(withTelemetry(telemetry))
  expect(problem).toContain(named)
  expect(problem).not.toContain('secret')
  expect(more).toEqual([])
})

it.each([
  ['{ otlpUrl: "http://collector.example:4318" }', 'Spans go to another machine without encryption'],
  ['{ metricsListen: 0.0.0.0:9464 }', 'Whoever reaches 0.0.0.0 may read the metrics'],
])('warns of what others could read: %s', async (telemetry, sentence) => {
  const [problem, ...more] = await lint(withTelemetry(telemetry))
  expect(problem).toContain(`warning open-telemetry: ${sentence}`)
  expect(more).toEqual([])
})

it.each(['{ otlpUrl: "https://collector.example" }', '{ otlpUrl: "http://[::1]:4318" }', '{ metricsListen: "9464" }'])(
  'has nothing to say about %s',
  async (telemetry) => {
    expect(await lint(withTelemetry(telemetry))).toEqual([])
  },
)
