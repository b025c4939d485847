import { relative } from 'node:path'
import type { AdapterDeclaration, FileFault, Inspection } from '@portreeve/adapter-sdk'
import type { AdapterConfiguration, ConfigurationPlace } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import type { YamlSource } from './yaml-source.ts'

export interface Inspected {
  readonly label: string
  readonly templates: NonNullable<Inspection['templates']>
  readonly problems: readonly LintProblem[]
}

interface Inspecting {
  /** Absolute. */
  readonly folder: string
  readonly adapters: readonly AdapterConfiguration[]
  readonly declarations: readonly AdapterDeclaration[]
  readonly source: YamlSource
}

/** What adapters say of the files that their settings name. Their configuration must be right. */
export async function inspectAdapters(inspecting: Inspecting): Promise<readonly Inspected[]> {
  const { adapters, declarations } = inspecting
  const inspected = adapters.map(async ({ label, adapter, config }): Promise<readonly Inspected[]> => {
    const declaration = declarations.find(({ name }) => name === adapter)
    if (!declaration?.inspect) return []
    const { faults, templates = [] } = await declaration.inspect(config)
    return [{ label, templates, problems: faults.map((fault) => problemOf(fault, label, inspecting)) }]
  })
  return (await Promise.all(inspected)).flat()
}

/** A place in a file, by its path from the configuration. */
export function placeFrom(folder: string, at: NonNullable<FileFault['at']>): ConfigurationPlace {
  return { file: relative(folder, at.file).replaceAll('\\', '/'), line: at.line, column: at.column }
}

function problemOf({ setting, error, at }: FileFault, label: string, { folder, source }: Inspecting): LintProblem {
  const place = at ? placeFrom(folder, at) : source.placeOf(['adapters', label, setting])
  return lintError('bad-file', place, { sentence: error.message, remedy: error.remedy })
}
