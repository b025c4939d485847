import type { Connection } from '@portreeve/broker'
import type { Configuration, Loaded } from '@portreeve/configuration'
import { configurationFolder } from './configuration-folder.ts'
import type { CommonOptions } from './invocation.ts'
import type { Terminal } from './terminal.ts'

export interface ConfiguredOptions extends CommonOptions {
  /** False for a command that opens no adapter: it runs without the secrets. `warn`: and says which are missing. */
  readonly needsSecrets: boolean | 'warn'
}

/** What the linter says of the configuration that the options name. */
export async function lintConfiguration(
  options: ConfiguredOptions,
  terminal: Terminal,
): Promise<Loaded & { readonly folder: string }> {
  const folder = configurationFolder(options, terminal)
  const { loadConfiguration, loadRouteTests } = await import('@portreeve/configuration')
  const { configuration, problems } = await loadConfiguration(await loadOptions(folder, options, terminal))
  if (!configuration) return { folder, problems }
  const { adapters: declarations, bodyProblems } = await import('@portreeve/broker')
  const tests = await loadRouteTests(configuration, { declarations, bodyProblems })
  return { folder, configuration, problems: [...problems, ...tests.problems] }
}

/** The configuration that the options name; rejects when it is absent or has an error. */
export async function readConfiguration(options: ConfiguredOptions, terminal: Terminal): Promise<Configuration> {
  const folder = configurationFolder(options, terminal)
  const { requireConfiguration } = await import('@portreeve/configuration')
  return requireConfiguration(await loadOptions(folder, options, terminal))
}

/** The operations of the broker that the options name, running or not. Needs no secret. */
export async function withOperations<Result>(
  options: CommonOptions,
  terminal: Terminal,
  use: (operations: Connection['operations'], configuration: Configuration) => Promise<Result>,
): Promise<Result> {
  const configuration = await readConfiguration({ ...options, needsSecrets: false }, terminal)
  const { connectOrOpen } = await import('@portreeve/broker')
  const connection = await connectOrOpen(configuration)
  try {
    return await use(connection.operations, configuration)
  } finally {
    await connection.close()
  }
}

async function loadOptions(folder: string, { needsSecrets }: ConfiguredOptions, { environment }: Terminal) {
  const { adapters: declarations, conditionProblems } = await import('@portreeve/broker')
  return { folder, declarations, conditionProblems, environment, needsSecrets }
}
