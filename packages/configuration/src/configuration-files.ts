import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PortreeveError } from '@portreeve/errors'

/** Folders of a configuration whose files are YAML. */
export type ConfigurationFolder = 'routes' | 'processes' | 'quality' | 'mappings' | 'layouts'

/** Sorted, relative to the configuration; without the tests beside them. Rejects with `PRV_CONFIGURATION_UNREADABLE`. */
export async function yamlFiles(folder: string, kind: ConfigurationFolder): Promise<readonly string[]> {
  return (await allYamlFiles(folder, kind)).filter((file) => !isTest(file))
}

/** As `yamlFiles`: the tests alone. */
export async function testFiles(folder: string, kind: ConfigurationFolder): Promise<readonly string[]> {
  return (await allYamlFiles(folder, kind)).filter(isTest)
}

/** Rejects with `PRV_CONFIGURATION_UNREADABLE`. */
export async function textOf(folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8')
  } catch (cause) {
    throw new PortreeveError('PRV_CONFIGURATION_UNREADABLE', { file: join(folder, file) }, { cause })
  }
}

const isTest = (file: string) => file.endsWith('.test.yaml')

async function allYamlFiles(folder: string, kind: ConfigurationFolder): Promise<readonly string[]> {
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
