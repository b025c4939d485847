import type { Metrics } from './metrics.ts'

/** What Prometheus calls any process's own: processor time, memory, when it began. */
export function readProcess(metrics: Metrics): void {
  const startedAt = Date.now() / 1000 - process.uptime()
  metrics.read('process_cpu_seconds_total', () => {
    const { user, system } = process.cpuUsage()
    return [{ labels: {}, value: (user + system) / 1e6 }]
  })
  metrics.read('process_resident_memory_bytes', () => [{ labels: {}, value: process.memoryUsage.rss() }])
  metrics.read('process_start_time_seconds', () => [{ labels: {}, value: startedAt }])
}
