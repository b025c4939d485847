import { resolve } from 'node:path'
import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { Value } from 'typebox/value'
import type { AdapterConfiguration, Configuration, LintProblem } from './configuration.ts'
import { hasReference, resolveReferences } from './references.ts'
import { BrokerFile } from './schema.ts'
import { schemaProblems } from './schema-problems.ts'
import type { YamlSource } from './yaml-source.ts'

export type BrokerPart = Omit<Configuration, 'folder' | 'routes'>

interface Reading {
  readonly folder: string
  readonly declarations: readonly AdapterDeclaration[]
  readonly environment?: NodeJS.ProcessEnv
}

/** `broker.yaml`: its own keys by their schema, each adapter's by the adapter's declaration. */
export function readBrokerFile(
  source: YamlSource,
  { folder, declarations, environment = process.env }: Reading,
): { value?: BrokerPart; problems: readonly LintProblem[] } {
  if (source.problems.length > 0) return { problems: source.problems }
  const { value, unresolved } = resolveReferences(source.value, folder, environment)
  const problems: LintProblem[] = unresolved.map(({ path, reference, why, remedy }) => ({
    severity: 'error',
    kind: 'missing-secret',
    place: source.placeOf(path),
    sentence: `${path.join('.')} says ${reference}, but ${why}.`,
    remedy,
  }))
  problems.push(...schemaProblems(BrokerFile, value, source, []))
  if (problems.length > 0 || !Value.Check(BrokerFile, value)) return { problems }

  const adapters: AdapterConfiguration[] = []
  for (const [label, { adapter, ...config }] of Object.entries(value.adapters)) {
    const path = ['adapters', label]
    const declaration = declarations.find(({ name }) => name === adapter)
    if (!declaration) {
      problems.push({
        severity: 'error',
        kind: 'unknown-adapter',
        place: source.placeOf([...path, 'adapter']),
        sentence: `There is no adapter "${adapter}".`,
        remedy: `Use one of: ${declarations.map(({ name }) => name).join(', ')}.`,
      })
      continue
    }
    problems.push(...clearSecrets(declaration, label, source))
    problems.push(...schemaProblems(closed(declaration.config), config, source, path))
    adapters.push({ label, adapter, config: absolutePaths(config, folder), place: source.placeOf(path, 'key') })
  }
  return {
    value: {
      authority: value.authority,
      dataFolder: resolve(folder, value.dataFolder),
      log: { engine: value.log?.engine ?? 'sqlite' },
      adapters,
      topics: new Map(Object.entries(value.topics ?? {})),
    },
    problems,
  }
}

/** A secret that stands in the file itself instead of a reference to it. */
function clearSecrets(declaration: AdapterDeclaration, label: string, source: YamlSource): LintProblem[] {
  const written = (source.value as { adapters?: Record<string, Record<string, unknown>> }).adapters?.[label] ?? {}
  return Object.entries(declaration.config.properties).flatMap(([key, schema]): LintProblem[] => {
    const value = written[key]
    if (!('secret' in schema) || schema.secret !== true || typeof value !== 'string' || hasReference(value)) return []
    return [
      {
        severity: 'error',
        kind: 'secret-in-clear',
        place: source.placeOf(['adapters', label, key]),
        sentence: `adapters.${label}.${key} holds a secret in clear text.`,
        remedy: `Write \${env:NAME} or \${file:path} here, and change the secret: it has been seen.`,
      },
    ]
  })
}

function closed(schema: AdapterDeclaration['config']): object {
  return { ...schema, additionalProperties: false }
}

/** Folders in a configuration are meant from where it lies, not from where the broker was started. */
function absolutePaths(config: Record<string, unknown>, folder: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === 'string' && /(Folder|File)$/.test(key) ? resolve(folder, value) : value,
    ]),
  )
}
