import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { MappingFile } from './mapping-schema.ts'
import { ProcessFile, QualityFile } from './process-schema.ts'
import { RouteTestFile } from './route-test-schema.ts'
import { BrokerFile, labelPattern, RouteFile } from './schema.ts'

const dialect = 'https://json-schema.org/draft/2020-12/schema'

/** JSON Schemas for editors, one for each kind of file: `schemas/<kind>.schema.json`, and `config` for `broker.yaml`. */
export function editorSchemas(declarations: readonly AdapterDeclaration[]): {
  config: object
  route: object
  routeTest: object
  process: object
  quality: object
  mapping: object
} {
  const { adapters, ...properties } = BrokerFile.properties
  return {
    config: {
      $schema: dialect,
      title: 'Portreeve: broker.yaml',
      ...BrokerFile,
      properties: {
        ...properties,
        adapters: { ...adapters, patternProperties: { [labelPattern]: { oneOf: declarations.map(instanceSchema) } } },
      },
    },
    route: {
      $schema: dialect,
      title: 'Portreeve: routes/<name>.yaml',
      ...RouteFile,
      oneOf: [{ required: ['split'] }, { required: ['to'] }, { required: ['choose'] }],
    },
    routeTest: { $schema: dialect, title: 'Portreeve: routes/<name>.test.yaml', ...RouteTestFile },
    process: { $schema: dialect, title: 'Portreeve: processes/<name>.yaml', ...ProcessFile },
    quality: { $schema: dialect, title: 'Portreeve: quality/<name>.yaml', ...QualityFile },
    mapping: {
      $schema: dialect,
      title: 'Portreeve: mappings/<name>.yaml',
      ...MappingFile,
      oneOf: [{ required: ['script'] }, { required: ['scriptFile'] }],
    },
  }
}

interface Setting {
  readonly type?: unknown
  readonly description?: unknown
  readonly default?: unknown
  readonly secret?: unknown
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

/** A text may come from outside, and a secret must. */
function orReference(setting: Setting): object {
  if (!['string', 'integer', 'number'].includes(String(setting.type))) return setting
  const { description } = setting
  const reference = { type: 'string', pattern: '\\$\\{(env|file):[^}]+\\}' }
  return setting.secret === true ? { ...reference, description } : { description, anyOf: [setting, reference] }
}
