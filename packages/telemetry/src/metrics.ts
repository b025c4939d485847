import { Counter, Gauge, Registry } from '@prometheus-io/client'
import { type MetricName, metricNames } from './metric-names.ts'

export type { MetricName } from './metric-names.ts'

type CounterName = {
  [Name in MetricName]: (typeof metricNames)[Name]['kind'] extends 'counter' ? Name : never
}[MetricName]

export type LabelsOf<Name extends MetricName> = Readonly<Record<(typeof metricNames)[Name]['labels'][number], string>>

export interface Sample<Name extends MetricName> {
  readonly labels: LabelsOf<Name>
  readonly value: number
}

type Samples<Name extends MetricName> = readonly Sample<Name>[]

/** All that Prometheus is told by one broker. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #counters = new Map<CounterName, Counter<string>>()
  #underWay: Promise<string> | undefined

  /** Counts what has happened. */
  count<Name extends CounterName>(name: Name, labels: LabelsOf<Name>, by = 1): void {
    this.#counterOf(name).inc({ ...labels }, by)
  }

  /** Has a metric read from wherever it stands whenever somebody asks. Once for each name. */
  read<Name extends MetricName>(name: Name, samples: () => Samples<Name> | Promise<Samples<Name>>): void {
    const { kind, help, labels } = metricNames[name]
    const options = { name, help, labelNames: [...labels], registers: [this.#registry] }
    const collect = async (): Promise<void> => {
      const found = await samples()
      metric.reset()
      for (const sample of found) metric.inc({ ...sample.labels }, sample.value)
    }
    const metric: Counter<string> | Gauge<string> =
      kind === 'counter' ? new Counter<string>({ ...options, collect }) : new Gauge<string>({ ...options, collect })
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** Prometheus's text format. Whoever asks while it is being written gets the same. Rejects as what is read does. */
  text(): Promise<string> {
    this.#underWay ??= this.#registry.metrics().finally(() => {
      this.#underWay = undefined
    })
    return this.#underWay
  }

  #counterOf(name: CounterName): Counter<string> {
    let counter = this.#counters.get(name)
    if (!counter) {
      const { help, labels } = metricNames[name]
      counter = new Counter<string>({ name, help, labelNames: [...labels], registers: [this.#registry] })
      this.#counters.set(name, counter)
    }
    return counter
  }
}
