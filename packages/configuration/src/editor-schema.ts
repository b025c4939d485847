import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { BrokerFile, RouteFile } from './schema.ts'

const dialect = 'https://json-schema.org/draft/2020-12/schema'

/** JSON Schemas for editors: `schemas/config.schema.json` and `schemas/route.schema.json`. */
export function editorSchemas(declarations: readonly AdapterDeclaration[]): { config: object; route: object } {
  return {
    config: {
      $schema: dialect,
      title: 'Portreeve: broker.yaml',
      ...BrokerFile,
      properties: {
        ...BrokerFile.properties,
        adapters: {
          type: 'object',
          description: 'Instances of adapters under the labels that routes use.',
          additionalProperties: { oneOf: declarations.map(instanceSchema) },
        },
      },
    },
    route: { $schema: dialect, title: 'Portreeve: routes/<name>.yaml', ...RouteFile },
  }
}

function instanceSchema({ name, summary, config }: AdapterDeclaration): object {
  return {
    type: 'object',
    title: name,
    description: summary,
    properties: { adapter: { const: name }, ...config.properties },
    required: ['adapter', ...(config.required ?? [])],
    additionalProperties: false,
  }
}
