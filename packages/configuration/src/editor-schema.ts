import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { recordLayoutSchema } from '@portreeve/formats'
import { MappingFile } from './mapping-schema.ts'
import { ProcessFile, QualityFile } from './process-schema.ts'
import { RouteTestFile } from './route-test-schema.ts'
import { BrokerFile, labelPattern, RouteFile } from './schema.ts'

const dialect = 'https://json-schema.org/draft/2020-12/schema'

/** Every kind of file, the key that only it has, and where it stands. The first whose key is there is meant. */
const kinds = [
  { kind: 'route-test', keys: ['cases'], where: '<name>.test.yaml' },
  { kind: 'process', keys: ['startsWith', 'requests', 'systems'], where: 'processes/<name>.yaml' },
  { kind: 'quality', keys: ['rules'], where: 'quality/<name>.yaml' },
  { kind: 'record-layout', keys: ['fields'], where: 'layouts/<name>.yaml' },
  { kind: 'mapping', keys: ['script', 'scriptFile', 'language'], where: 'mappings/<name>.yaml' },
  { kind: 'config', keys: ['authority', 'dataFolder', 'adapters'], where: 'broker.yaml' },
  { kind: 'route', keys: ['from'], where: 'routes/<name>.yaml' },
] as const
type Kind = (typeof kinds)[number]['kind']

/**
 * JSON Schemas for editors, by the name of their file. `portreeve` is for every file of a configuration, and chooses by the
 * keys that are there; each other one points at its part, for who wants to name the kind.
 */
export function editorSchemas(declarations: readonly AdapterDeclaration[]): ReadonlyMap<string, object> {
  const parts = partsOf(declarations)
  const chosen = kinds.map(({ kind, keys }) => ({
    if: { type: 'object', anyOf: keys.map((key) => ({ required: [key] })) },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { $ref: `#/$defs/${kind}` },
  }))
  const portreeve = {
    $schema: dialect,
    title: 'Portreeve: a file of a configuration',
    ...chosen.reduceRight<object>((otherwise, choice) => ({ ...choice, else: otherwise }), { $ref: '#/$defs/begun' }),
    $defs: { ...parts, begun: begun(parts) },
  }
  const singles = kinds.map(({ kind, where }): [string, object] => {
    return [kind, { $schema: dialect, title: `Portreeve: ${where}`, $ref: `portreeve.schema.json#/$defs/${kind}` }]
  })
  return new Map([['portreeve', portreeve], ...singles])
}

interface Part {
  readonly properties: Readonly<Record<string, object>>
}

/** A file that says nothing yet: the first key says what it is going to be. */
function begun(parts: Readonly<Record<Kind, Part>>): object {
  const first = kinds.map(({ kind, keys: [key], where }) => {
    const { description } = parts[kind].properties[key] as { description?: string }
    return [key, { description: `${where}: ${description ?? 'begins with this.'}` }]
  })
  return { type: 'object', properties: Object.fromEntries(first), additionalProperties: false, minProperties: 1 }
}

function partsOf(declarations: readonly AdapterDeclaration[]): Readonly<Record<Kind, Part>> {
  const { adapters, ...properties } = BrokerFile.properties
  const instances = { [labelPattern]: { oneOf: declarations.map(instanceSchema) } }
  const oneOf = (...keys: readonly string[]) => ({ oneOf: keys.map((key) => ({ required: [key] })) })
  return {
    config: {
      ...BrokerFile,
      properties: { ...textsFromOutside(properties), adapters: { ...adapters, patternProperties: instances } },
    },
    route: { ...RouteFile, ...oneOf('split', 'to', 'choose') },
    'route-test': RouteTestFile,
    process: ProcessFile,
    quality: QualityFile,
    mapping: { ...MappingFile, ...oneOf('script', 'scriptFile') },
    'record-layout': recordLayoutSchema,
  }
}

interface Setting {
  readonly type?: unknown
  readonly description?: unknown
  readonly default?: unknown
  readonly secret?: unknown
  readonly pattern?: unknown
  readonly enum?: unknown
  readonly properties?: Readonly<Record<string, Setting>>
  readonly items?: Setting
}

/** What has a default may be left out, though the declaration's own type has it always. */
function instanceSchema({ name, summary, config }: AdapterDeclaration): object {
  const settings: readonly (readonly [string, Setting])[] = Object.entries(config.properties)
  const optional = new Set(settings.filter(([, setting]) => setting.default !== undefined).map(([key]) => key))
  return {
    type: 'object',
    title: name,
    description: summary,
    properties: {
      adapter: { const: name, description: summary },
      ...Object.fromEntries(settings.map(([key, setting]) => [key, orReference(setting)])),
    },
    required: ['adapter', ...(config.required ?? []).filter((key) => !optional.has(key))],
    additionalProperties: false,
  }
}

/** Every text of `broker.yaml` may come from outside, however it has to look. */
function textsFromOutside(properties: Readonly<Record<string, Setting>>): Readonly<Record<string, object>> {
  return Object.fromEntries(Object.entries(properties).map(([key, setting]) => [key, textFromOutside(setting)]))
}

function textFromOutside(setting: Setting): object {
  if (setting.properties) return { ...setting, properties: textsFromOutside(setting.properties) }
  if (setting.items) return { ...setting, items: textFromOutside(setting.items) }
  return setting.type === 'string' && (setting.pattern ?? setting.enum) !== undefined ? orReference(setting) : setting
}

/** A text may come from outside, and a secret must. */
function orReference(setting: Setting): object {
  if (!['string', 'integer', 'number'].includes(String(setting.type))) return setting
  const { description } = setting
  const reference = { type: 'string', pattern: '\\$\\{(env|file):[^}]+\\}' }
  return setting.secret === true ? { ...reference, description } : { description, anyOf: [setting, reference] }
}
