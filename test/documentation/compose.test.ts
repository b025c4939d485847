import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adapters, conditionProblems } from '@portreeve/broker'
import { loadConfiguration } from '@portreeve/configuration'
import { metricNames } from '@portreeve/telemetry'
import { DCLinter } from 'dclint'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from '../support/source-files.ts'

interface Service {
  readonly image?: string
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly ports?: readonly unknown[]
  readonly volumes?: readonly string[]
  readonly environment?: Readonly<Record<string, string | null>>
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}

/** What the linter says of one file; its own types cannot be resolved. */
interface Linted {
  readonly messages: readonly { readonly line: number; readonly message: string }[]
}

interface Panel {
  readonly title: string
  readonly datasource: { readonly uid: string }
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[]
}

const docker = join(root, 'docker')
const read = (path: string) => readFileSync(join(docker, path), 'utf8')
const compose: Compose = parse(read('compose.yaml'))
const services = Object.values(compose.services)
const metrics: Readonly<Record<string, { readonly labels: readonly string[] }>> = metricNames
const { panels }: { panels: readonly Panel[] } = JSON.parse(read('grafana/dashboards/portreeve.json'))
const alerts: readonly string[] = parse(read('prometheus/alerts.yml')).groups.flatMap(
  ({ rules }: { rules: readonly { expr: string }[] }) => rules.map(({ expr }) => expr),
)

/** What the linter, which has the schema of the Compose Specification, says against a text. */
function faults(text: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'compose-'))
  try {
    writeFileSync(join(folder, 'compose.yaml'), text)
    const linter = new DCLinter({
      rules: { 'require-quotes-in-ports': [2, { quoteType: 'double' }] },
      quiet: true,
      debug: false,
      exclude: [],
    })
    const results: readonly Linted[] = linter.lintFiles([join(folder, 'compose.yaml')], false)
    return results.flatMap(({ messages }) => messages.map(({ line, message }) => `line ${line}: ${message}`))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Metrics in an expression of PromQL, functions and labels apart. */
function metricsIn(expression: string): readonly string[] {
  return expression.match(/\b(portreeve|process)_[a-z_]+/g) ?? []
}

describe('docker/compose.yaml', () => {
  it('is what the linter and the schema of Compose accept', () => {
    expect(faults(read('compose.yaml'))).toEqual([])
    const wrong = 'name: x\nservices:\n  a:\n    image: a:1\n    port: 1\n'
    expect(faults(wrong), 'the linter sees').not.toEqual([])
  })

  it('names one version of each image, and builds ours from the Dockerfile that is there', () => {
    const images = services.flatMap(({ image }) => image ?? [])
    expect(images.length).toBeGreaterThan(2)
    expect(images.filter((image) => !/^[a-z/-]+:v?\d+\.\d+\.\d+$/.test(image))).toEqual([])
    const { context = '', dockerfile = '' } = compose.services.portreeve?.build ?? {}
    expect(existsSync(join(docker, context, dockerfile))).toBe(true)
  })

  it('runs the Kafka that the tests run', () => {
    const [, tested] = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>(.+?)</.exec(read('kafka/pom.xml')) ?? []
    expect(compose.services.kafka?.image).toBe(`apache/kafka:${tested}`)
  })

  it('is reached from this machine alone', () => {
    const ports = services.flatMap((service) => service.ports ?? [])
    expect(ports.length).toBeGreaterThan(3)
    expect(ports.filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(String(port)))).toEqual([])
    expect(services.filter((service) => 'network_mode' in service || 'privileged' in service)).toEqual([])
  })

  it('has no password, so none that everybody knows', () => {
    const names = services.flatMap(({ environment = {} }) => Object.keys(environment))
    expect(names.filter((name) => /passw|secret|token/i.test(name))).toEqual([])
    expect(compose.services.grafana?.environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
      GF_AUTH_DISABLE_LOGIN_FORM: 'true',
      GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
    })
  })

  it('mounts what is there, and keeps data in volumes that it declares', () => {
    const sources = services.flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(/:(?=\/)/)[0] ?? ''))
    const paths = sources.map((source) => /:-(.+)\}$/.exec(source)?.[1] ?? source)
    const files = paths.filter((path) => path.startsWith('./'))
    expect(files.length).toBeGreaterThan(3)
    expect(files.filter((path) => !existsSync(join(docker, path)))).toEqual([])
    const named = paths.filter((path) => !path.startsWith('./'))
    expect(named.sort()).toEqual(Object.keys(compose.volumes).sort())
  })

  it('brings a configuration that a broker starts with, and that Prometheus finds', async () => {
    const folder = join(docker, 'portreeve')
    const options = { folder, declarations: adapters, conditionProblems, environment: {} }
    const { configuration, problems } = await loadConfiguration(options)
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const known = ['no-route', 'open-door', 'open-telemetry']
    expect(problems.filter(({ kind }) => !known.includes(kind))).toEqual([])
    const [job] = parse(read('prometheus/prometheus.yml')).scrape_configs
    const { port } = configuration?.telemetry?.metricsListen ?? {}
    expect(job.static_configs[0].targets).toEqual([`portreeve:${port}`])
  })
})

describe('what Grafana and Prometheus are given', () => {
  it.each(panels.flatMap(({ title, targets }) => targets.map((target) => ({ title, ...target }))))(
    'asks in "$title" for metrics and labels that there are: $expr',
    ({ expr, legendFormat }) => {
      const named = metricsIn(expr)
      expect(named.length).toBeGreaterThan(0)
      expect(named.filter((name) => !(name in metrics))).toEqual([])
      const labels = new Set(['job', ...named.flatMap((name) => metrics[name]?.labels ?? [])])
      const matched = [...expr.matchAll(/\{(\w+)=/g), ...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(
        ([, name]) => name,
      )
      const grouped = [...expr.matchAll(/by \(([^)]+)\)/g)].flatMap(([, list]) => list?.split(', ') ?? [])
      expect([...matched, ...grouped].filter((label) => !labels.has(label ?? ''))).toEqual([])
    },
  )

  it('shows every metric of a broker but the moment of its start', () => {
    const shown = new Set(panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr))))
    expect(Object.keys(metrics).filter((name) => !shown.has(name))).toEqual(['process_start_time_seconds'])
  })

  it('asks the data source that is provisioned', () => {
    const files = globSync('grafana/provisioning/datasources/*.yml', { cwd: docker })
    const uids = files.flatMap((file) => parse(read(file)).datasources.map(({ uid }: { uid: string }) => uid))
    expect([...new Set(panels.map(({ datasource }) => datasource.uid))]).toEqual(uids)
  })

  it('alerts when the page about observing says so', () => {
    const page = readFileSync(join(root, 'docs/how-to/observe.md'), 'utf8')
    const [, table = ''] = page.split('| When | Because |')
    const [rows = ''] = table.split('\n\n')
    expect(alerts).toEqual([...rows.matchAll(/^\| `(.+?)` \|/gm)].map(([, expression]) => expression))
  })
})
