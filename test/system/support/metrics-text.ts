export interface MetricSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** What stands in Prometheus's text format; refuses lines that Prometheus could not read. */
export function readMetrics(text: string): { types: ReadonlyMap<string, string>; samples: readonly MetricSample[] } {
  const types = new Map<string, string>()
  const samples: MetricSample[] = []
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('# HELP ')) continue
    const [, typed, type] = /^# TYPE (\S+) (counter|gauge)$/.exec(line) ?? []
    if (typed !== undefined && type !== undefined) {
      types.set(typed, type)
      continue
    }
    const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (-?[0-9.e+-]+)$/.exec(line) ?? []
    if (name === undefined || value === undefined) throw new TypeError(`not a line of metrics: ${line}`)
    samples.push({ name, labels: labelsIn(labels), value: Number(value) })
  }
  return { types, samples }
}

function labelsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, value]) => [key, value]))
}
