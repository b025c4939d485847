import { resolve } from 'node:path'
import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { readBrokerFile } from './broker-file.ts'
import type { Configuration } from './configuration.ts'
import { textOf, yamlFiles } from './configuration-files.ts'
import { configurationInvalid } from './configuration-invalid.ts'
import { configurationRecord } from './configuration-record.ts'
import { inspectAdapters } from './inspect-adapters.ts'
import { lintBatches } from './lint-batches.ts'
import { lintLayouts } from './lint-layouts.ts'
import { lintMappings } from './lint-mappings.ts'
import { byPlace, type LintProblem, lintWarning } from './lint-problem.ts'
import { lintProcesses } from './lint-processes.ts'
import { lintRoutes } from './lint-routes.ts'
import { lintTemplates } from './lint-templates.ts'
import { readMappings } from './load-mapping.ts'
import { type Read, readProcessFile, readQualityFile } from './process-file.ts'
import { readRouteFile } from './route-file.ts'
import { YamlSource } from './yaml-source.ts'

export interface LoadOptions {
  /** Folder that holds `broker.yaml` and `routes/`. */
  readonly folder: string
  /** Every adapter that the broker knows. */
  readonly declarations: readonly AdapterDeclaration[]
  /** Default: this process's. */
  readonly environment?: NodeJS.ProcessEnv
  /**
   * False for who opens no adapter: a reference inside an adapter's part that cannot be resolved is left empty; `warn` says
   * so. Default true: it is an error.
   */
  readonly needsSecrets?: boolean | 'warn'
  /** Default: the machine's clock. */
  readonly now?: () => Date
  /** Checks a condition, which may ask for facts only where there are some; answers with what is wrong. */
  readonly conditionProblems: (condition: unknown, options?: { facts: boolean }) => readonly string[]
}

export interface Loaded {
  /** Absent when a problem is an error. */
  readonly configuration?: Configuration
  /** In the order of the files, then of the lines. */
  readonly problems: readonly LintProblem[]
}

/** Reads and checks a folder of configuration. What is wrong comes back as problems; only an absent file rejects. */
export async function loadConfiguration(options: LoadOptions): Promise<Loaded> {
  const folder = resolve(options.folder)
  const source = new YamlSource('broker.yaml', await textOf(folder, 'broker.yaml'))
  const broker = readBrokerFile(source, { ...options, folder })
  const routes = await Promise.all(
    (await yamlFiles(folder, 'routes')).map(async (file) =>
      readRouteFile(new YamlSource(file, await textOf(folder, file))),
    ),
  )
  const located = routes.flatMap((route) => route.located ?? [])
  const processes = await readAll(folder, 'processes', readProcessFile)
  const quality = await readAll(folder, 'quality', readQualityFile)
  const mappings = await readMappings(folder)
  const files = [...routes, ...processes, ...quality, ...mappings]
  const problems = [...broker.problems, ...files.flatMap((file) => file.problems)]
  if (broker.value) {
    const { adapters, door } = broker.value
    const complete = problems.every(({ severity }) => severity === 'warning')
    const found = {
      located,
      routes: located.map(({ route }) => route),
      processes: processes.flatMap((file) => file.located ?? []),
      quality: quality.flatMap((file) => file.located ?? []),
    }
    const linting = {
      ...options,
      adapters,
      ...(door && { door }),
      processes: valuesOf(processes),
      mappings: valuesOf(mappings),
      complete,
    }
    problems.push(...lintRoutes(located, linting), ...lintProcesses(found, linting))
    problems.push(...lintBatches(located, broker.value.topics))
    const scripts = await lintMappings(
      mappings.flatMap((file) => file.located ?? []),
      located.map(({ route }) => route),
    )
    problems.push(...scripts)
    const resolved = adapters.filter(({ label }) => !broker.unresolved.has(label))
    const files = { folder, adapters: resolved, declarations: options.declarations, source }
    problems.push(...(await lintLayouts(files)))
    // An adapter is only asked about files when its own settings are right.
    const inspected = complete ? await inspectAdapters(files) : []
    problems.push(...inspected.flatMap((one) => one.problems), ...lintTemplates({ folder, ...found, inspected }))
    if (routes.length === 0) problems.push(noRoute)
  }
  problems.sort(byPlace)
  if (!broker.value || problems.some(({ severity }) => severity === 'error')) return { problems }
  const configuration = {
    folder,
    ...broker.value,
    routes: located.map(({ route }) => route),
    processes: valuesOf(processes),
    quality: valuesOf(quality),
    mappings: valuesOf(mappings),
  }
  const record = await configurationRecord(configuration, source.value, options.declarations)
  return { configuration: { ...configuration, record }, problems }
}

async function readAll<Value>(
  folder: string,
  kind: 'processes' | 'quality',
  read: (source: YamlSource) => Read<Value>,
): Promise<readonly Read<Value>[]> {
  const files = await yamlFiles(folder, kind)
  return await Promise.all(files.map(async (file) => read(new YamlSource(file, await textOf(folder, file)))))
}

function valuesOf<Value>(files: readonly Read<Value>[]): readonly Value[] {
  return files.flatMap(({ located }) => located?.value ?? [])
}

const noRoute = lintWarning(
  'no-route',
  { file: 'broker.yaml', line: 1, column: 1 },
  {
    sentence: 'There is no route in the folder routes beside this file, so nothing that comes in goes anywhere.',
    remedy: 'Copy config/examples/sallowmere/routes, or write one: docs/how-to/write-a-route.md.',
  },
)

/** As `loadConfiguration`; rejects with `PRV_CONFIGURATION_INVALID` when there is an error in it. */
export async function requireConfiguration(options: LoadOptions): Promise<Configuration> {
  const { configuration, problems } = await loadConfiguration(options)
  if (configuration) return configuration
  throw configurationInvalid(resolve(options.folder), problems)
}
