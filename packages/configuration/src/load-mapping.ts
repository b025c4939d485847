import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { MappingConfiguration } from './configuration.ts'
import { textOf, yamlFiles } from './configuration-files.ts'
import { lintMapping } from './lint-mappings.ts'
import type { LintProblem } from './lint-problem.ts'
import { type ReadMapping, readMappingFile } from './mapping-file.ts'
import { YamlSource } from './yaml-source.ts'

/** Every `mappings/<name>.yaml` of a folder of configuration, in the order of the names. */
export async function readMappings(folder: string): Promise<readonly ReadMapping[]> {
  const files = await yamlFiles(folder, 'mappings')
  return await Promise.all(files.map((file) => readOne(folder, file)))
}

export interface LoadedMapping {
  /** Absent when its file cannot be read as one. Its script may be wrong. */
  readonly mapping?: MappingConfiguration
  /** Of this mapping alone. */
  readonly problems: readonly LintProblem[]
}

/**
 * One mapping of a folder of configuration, whatever is wrong with the rest. Rejects with `PRV_CONFIGURATION_UNREADABLE` when
 * it is not there.
 */
export async function loadMapping(folder: string, name: string): Promise<LoadedMapping> {
  const { located, problems } = await readOne(resolve(folder), `mappings/${name}.yaml`)
  if (!located) return { problems }
  return { mapping: located.value, problems: await lintMapping(located) }
}

/** Names of the mappings of a folder. */
export async function mappingNames(folder: string): Promise<readonly string[]> {
  const files = await yamlFiles(resolve(folder), 'mappings')
  return files.map((file) => file.replace(/^mappings\/|\.ya?ml$/gi, ''))
}

async function readOne(folder: string, file: string): Promise<ReadMapping> {
  const readText = (path: string) => readFile(join(folder, path), 'utf8').catch(() => undefined)
  return await readMappingFile(new YamlSource(file, await textOf(folder, file)), folder, readText)
}
