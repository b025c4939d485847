import { resolve } from 'node:path'
import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { TSchema, TSchemaOptions } from 'typebox'
import { checkBySchema } from './check-by-schema.ts'
import { clearSecrets } from './clear-secrets.ts'
import type { AdapterConfiguration, Configuration, ConfigurationPlace } from './configuration.ts'
import { lintDoor } from './lint-door.ts'
import { lintFolders } from './lint-folders.ts'
import { lintLog, lintTopicsOfLog } from './lint-log.ts'
import { type LintProblem, lintError, lintWarning } from './lint-problem.ts'
import { lintShared } from './lint-shared.ts'
import { lintTelemetry } from './lint-telemetry.ts'
import { isInternalTopic } from './published-types.ts'
import { resolveReferences } from './references.ts'
import { BrokerFile, defaults } from './schema.ts'
import { telemetryOf } from './telemetry-schema.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

export type BrokerPart = Omit<Configuration, 'folder' | 'routes' | 'processes' | 'quality' | 'mappings' | 'record'>

interface Reading {
  readonly folder: string
  readonly declarations: readonly AdapterDeclaration[]
  readonly environment?: NodeJS.ProcessEnv
  readonly needsSecrets?: boolean | 'warn'
}

interface ReadBroker {
  readonly value?: BrokerPart
  readonly problems: readonly LintProblem[]
  /** Labels of adapters with a reference that could not be resolved: what they are told is not all there. */
  readonly unresolved: ReadonlySet<string>
}

/** `broker.yaml`: its own keys by their schema, each adapter's by the adapter's declaration. */
export function readBrokerFile(
  source: YamlSource,
  { folder, declarations, environment = process.env, needsSecrets = true }: Reading,
): ReadBroker {
  if (source.problems.length > 0) return { problems: source.problems, unresolved: new Set() }
  const { value, unresolved } = resolveReferences(source.value, folder, environment)
  const references = unresolved.flatMap(({ kind, path, ...said }) => {
    const spared = needsSecrets !== true && kind === 'missing-secret' && path[0] === 'adapters'
    if (spared && !needsSecrets) return []
    return [(spared ? lintWarning : lintError)(kind, source.placeOf(path), said)]
  })
  const labels = new Set(unresolved.flatMap(({ path }) => (path[0] === 'adapters' ? String(path[1]) : [])))
  const empty = unresolved.map(({ path }) => source.placeOf(path))
  const own = checkBySchema(BrokerFile, value, source, [])
  if (own.value === undefined) {
    return { problems: [...references, ...withoutEchoes(own.problems, empty)], unresolved: labels }
  }

  const problems: LintProblem[] = []
  const adapters: AdapterConfiguration[] = []
  for (const [label, { adapter, ...given }] of Object.entries(own.value.adapters)) {
    const path = ['adapters', label]
    const declaration = declarations.find(({ name }) => name === adapter)
    const config = declaration ? numbersFromOutside(declaration.config, given, source, path) : given
    if (declaration) {
      problems.push(...clearSecrets(declaration.config, source, path))
      problems.push(...checkBySchema(closed(declaration.config), config, source, path).problems)
    } else {
      problems.push(unknownAdapter(adapter, source, path, declarations))
    }
    adapters.push({ label, adapter, config: absolutePaths(config, folder), place: source.placeOf(path, 'key') })
  }
  problems.push(...lintDoor(own.value.door, source), ...lintTelemetry(own.value.telemetry, source))
  problems.push(...lintShared(own.value, source))
  problems.push(...lintLog(own.value.log, source))
  problems.push(...lintTopicsOfLog(own.value.log ?? defaults.log, own.value.topics, source))
  problems.push(...lintFolders(adapters, source), ...lintTopics(Object.keys(own.value.topics ?? {}), source))
  return {
    value: {
      authority: own.value.authority,
      dataFolder: resolve(folder, own.value.dataFolder),
      ...(own.value.sharedFolder !== undefined && { sharedFolder: resolve(folder, own.value.sharedFolder) }),
      diskAlarmMegabytes: own.value.diskAlarmMegabytes ?? defaults.diskAlarmMegabytes,
      log: own.value.log ?? defaults.log,
      ...(own.value.door && { door: { apiKeys: [], ...defaults.door, ...own.value.door } }),
      ...(own.value.telemetry && { telemetry: telemetryOf(own.value.telemetry) }),
      adapters,
      topics: new Map(Object.entries(own.value.topics ?? {})),
      retired: own.value.retired ?? [],
    },
    problems: [...references, ...withoutEchoes(problems, empty)],
    unresolved: labels,
  }
}

/** Where a reference could not be resolved, an empty text stands: that it breaks a rule is no second fault. */
function withoutEchoes(problems: readonly LintProblem[], empty: readonly ConfigurationPlace[]): readonly LintProblem[] {
  const places = new Set(empty.map(({ line, column }) => `${line}:${column}`))
  return problems.filter(({ place: { line, column } }) => !places.has(`${line}:${column}`))
}

/** What comes from outside is text; where a number is wanted, it is read as one. */
function numbersFromOutside(
  { properties }: AdapterDeclaration['config'],
  config: Readonly<Record<string, unknown>>,
  source: YamlSource,
  path: YamlPath,
): Record<string, unknown> {
  const wanted: Readonly<Record<string, { type?: unknown }>> = properties
  const entries = Object.entries(config).map(([key, value]) => {
    const type = wanted[key]?.type
    const isNumber = (type === 'integer' || type === 'number') && typeof value === 'string' && value.trim() !== ''
    const isOutside = isNumber && /^\$\{[^}]+\}$/.test(String(source.valueAt([...path, key])))
    return [key, isOutside && Number.isFinite(Number(value)) ? Number(value) : value]
  })
  return Object.fromEntries(entries)
}

function lintTopics(topics: readonly string[], source: YamlSource): readonly LintProblem[] {
  return topics.filter(isInternalTopic).map((topic) =>
    lintError('bad-value', source.placeOf(['topics', topic], 'key'), {
      sentence: `${topic} is a topic of the broker's own: it always has one partition and is kept for ever.`,
      remedy: 'Take it out.',
    }),
  )
}

function unknownAdapter(
  adapter: string,
  source: YamlSource,
  path: readonly string[],
  declarations: readonly AdapterDeclaration[],
): LintProblem {
  return lintError('unknown-adapter', source.placeOf([...path, 'adapter']), {
    sentence: `There is no adapter "${adapter}".`,
    remedy: `Use one of: ${declarations.map(({ name }) => name).join(', ')}.`,
  })
}

function closed(schema: AdapterDeclaration['config']): TSchema {
  const options: TSchemaOptions = { additionalProperties: false }
  return { ...schema, ...options }
}

/** Paths in a configuration are meant from where it lies, not from where the broker was started. */
function absolutePaths(config: Readonly<Record<string, unknown>>, folder: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (typeof value !== 'string') return [key, value]
      if (/(Folder|File)$/.test(key)) return [key, resolve(folder, value)]
      const file = /Url$/.test(key) ? /^sqlite:(.+)$/s.exec(value)?.[1] : undefined
      return [key, file === undefined ? value : `sqlite:${resolve(folder, file)}`]
    }),
  )
}
