import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import { readBrokerFile } from './broker-file.ts'
import type { Configuration } from './configuration.ts'
import { configurationRecord } from './configuration-record.ts'
import { lintMappings } from './lint-mappings.ts'
import { byPlace, type LintProblem, lintWarning } from './lint-problem.ts'
import { lintProcesses } from './lint-processes.ts'
import { lintRoutes } from './lint-routes.ts'
import { readMappingFile } from './mapping-file.ts'
import { type Read, readProcessFile, readQualityFile } from './process-file.ts'
import { readRouteFile } from './route-file.ts'
import { type RouteTest, readRouteTest } from './route-test-file.ts'
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
  const source = new YamlSource('broker.yaml', await text(folder, 'broker.yaml'))
  const broker = readBrokerFile(source, { ...options, folder })
  const routes = await Promise.all(
    (await yamlFiles(folder, 'routes'))
      .filter((file) => !isTest(file))
      .map(async (file) => readRouteFile(new YamlSource(file, await text(folder, file)))),
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
    const scripts = await lintMappings(
      mappings.flatMap((file) => file.located ?? []),
      located.map(({ route }) => route),
    )
    problems.push(...scripts)
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
  return await Promise.all(files.map(async (file) => read(new YamlSource(file, await text(folder, file)))))
}

async function readMappings(folder: string) {
  const readText = (file: string) => readFile(join(folder, file), 'utf8').catch(() => undefined)
  const files = await yamlFiles(folder, 'mappings')
  return await Promise.all(
    files.map(async (file) => readMappingFile(new YamlSource(file, await text(folder, file)), folder, readText)),
  )
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

/** The tests that stand beside the routes of a configuration; what is wrong with them comes back as problems. */
export async function loadRouteTests(configuration: Configuration): Promise<{
  readonly tests: readonly RouteTest[]
  readonly problems: readonly LintProblem[]
}> {
  const { folder } = configuration
  const files = (await yamlFiles(folder, 'routes')).filter(isTest)
  const read = await Promise.all(
    files.map(async (file) => readRouteTest(new YamlSource(file, await text(folder, file)), configuration)),
  )
  return { tests: read.flatMap(({ test }) => test ?? []), problems: read.flatMap(({ problems }) => problems) }
}

/** As `loadConfiguration`; rejects with `PRV_CONFIGURATION_INVALID` when there is an error in it. */
export async function requireConfiguration(options: LoadOptions): Promise<Configuration> {
  const { configuration, problems } = await loadConfiguration(options)
  if (configuration) return configuration
  throw invalid(resolve(options.folder), problems)
}

/** As `loadRouteTests`; rejects with `PRV_CONFIGURATION_INVALID` when there is an error in one. */
export async function requireRouteTests(configuration: Configuration): Promise<readonly RouteTest[]> {
  const { tests, problems } = await loadRouteTests(configuration)
  if (problems.length === 0) return tests
  throw invalid(configuration.folder, problems)
}

function invalid(folder: string, problems: readonly LintProblem[]): PortreeveError {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const [first] = errors
  return new PortreeveError('PRV_CONFIGURATION_INVALID', {
    folder,
    errors: errors.length,
    count: errors.length === 1 ? '1 error' : `${errors.length} errors`,
    first: first
      ? `${first.place.file}:${first.place.line}:${first.place.column} ${first.sentence} ${first.remedy}`
      : '',
  })
}

/** Tests of a route stand beside it and are no routes. */
const isTest = (name: string) => name.endsWith('.test.yaml')

async function yamlFiles(
  folder: string,
  kind: 'routes' | 'processes' | 'quality' | 'mappings',
): Promise<readonly string[]> {
  const entries = await readdir(join(folder, kind)).catch(unlessAbsent)
  return entries
    .filter((name) => /\.ya?ml$/i.test(name))
    .sort()
    .map((name) => `${kind}/${name}`)
}

function unlessAbsent(cause: NodeJS.ErrnoException): string[] {
  if (cause.code === 'ENOENT') return []
  throw new PortreeveError('PRV_CONFIGURATION_UNREADABLE', { file: cause.path ?? 'routes' }, { cause })
}

async function text(folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8')
  } catch (cause) {
    throw new PortreeveError('PRV_CONFIGURATION_UNREADABLE', { file: join(folder, file) }, { cause })
  }
}
