import { expect, it } from 'vitest'
import { metricNames } from './metric-names.ts'
import { Metrics } from './metrics.ts'
import { readProcess } from './process-metrics.ts'

it('writes what was counted and what is read, each with its help, in the text format of Prometheus', async () => {
  const metrics = new Metrics()
  metrics.count('portreeve_door_refusals_total', { code: 'PRV_GATEWAY_API_KEY' })
  metrics.count('portreeve_door_refusals_total', { code: 'PRV_GATEWAY_API_KEY' }, 2)
  metrics.read('portreeve_consumer_lag_records', async () => [{ labels: { group: 'r.crm' }, value: 7 }])
  expect((await metrics.text()).split('\n').filter((line) => line !== '')).toEqual([
    `# HELP portreeve_door_refusals_total ${metricNames.portreeve_door_refusals_total.help}`,
    '# TYPE portreeve_door_refusals_total counter',
    'portreeve_door_refusals_total{code="PRV_GATEWAY_API_KEY"} 3',
    `# HELP portreeve_consumer_lag_records ${metricNames.portreeve_consumer_lag_records.help}`,
    '# TYPE portreeve_consumer_lag_records gauge',
    'portreeve_consumer_lag_records{group="r.crm"} 7',
  ])
  expect(metrics.contentType).toMatch(/^text\/plain; version=0\.0\.4/)
})

it('forgets what is no more the case', async () => {
  const metrics = new Metrics()
  let parts = [{ labels: { part: 'poll crm', code: 'PRV_HTTP_UNREACHABLE' }, value: 1 }]
  metrics.read('portreeve_part_failing', () => parts)
  expect(await metrics.text()).toContain('{part="poll crm",code="PRV_HTTP_UNREACHABLE"} 1')
  parts = []
  expect(await metrics.text()).not.toContain('poll crm')
})

it('reads once for all who ask at the same time, and again for who comes later', async () => {
  const metrics = new Metrics()
  let reads = 0
  metrics.read('portreeve_disk_free_bytes', async () => [{ labels: {}, value: ++reads }])
  const texts = await Promise.all([metrics.text(), metrics.text(), metrics.text()])
  expect(new Set(texts).size).toBe(1)
  expect(await metrics.text()).toContain('portreeve_disk_free_bytes 2')
})

it('keeps the processor time rising, and the start where it was', async () => {
  const metrics = new Metrics()
  readProcess(metrics)
  const value = async (name: string) => Number(new RegExp(`^${name} (.*)$`, 'm').exec(await metrics.text())?.[1])
  const [before, startedAt] = [await value('process_cpu_seconds_total'), await value('process_start_time_seconds')]
  expect(before).toBeGreaterThan(0)
  expect(await value('process_cpu_seconds_total')).toBeGreaterThanOrEqual(before)
  expect(await value('process_start_time_seconds')).toBe(startedAt)
  expect(await value('process_resident_memory_bytes')).toBeGreaterThan(1e6)
})

it('names each metric with its unit, and says what it means in a sentence', () => {
  for (const [name, { kind, help }] of Object.entries(metricNames)) {
    expect(name).toMatch(/^(portreeve|process)_[a-z_]+$/)
    expect(name.endsWith('_total'), name).toBe(kind === 'counter')
    expect(help).toMatch(/^[A-Z1].*\.$/)
  }
})
