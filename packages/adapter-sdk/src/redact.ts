import type { TObject } from 'typebox'
import type { AdapterDeclaration } from './declaration.ts'

/** What stands where a secret was. */
export const redacted = '***'

type Schema = Readonly<Record<string, unknown>>

/** The config as it may be shown: every field that the declaration calls secret is covered, at any depth. */
export function redact({ config }: Pick<AdapterDeclaration<TObject>, 'config'>, value: unknown): unknown {
  return cover({ ...config }, value)
}

function cover(schema: Schema, value: unknown): unknown {
  if (value === undefined) return undefined
  // Whichever of the alternatives was meant: what is secret in one of them is covered.
  const schemas = [schema, ...alternatives(schema)]
  if (schemas.some(({ secret }) => secret === true)) return redacted
  if (Array.isArray(value)) return value.map((item) => schemas.reduce((shown, { items }) => within(items, shown), item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      schemas.reduce<unknown>(
        (shown, { properties, additionalProperties }) =>
          within(isSchema(properties) ? (properties[name] ?? additionalProperties) : additionalProperties, shown),
        field,
      ),
    ]),
  )
}

function within(schema: unknown, value: unknown): unknown {
  return isSchema(schema) ? cover(schema, value) : value
}

function alternatives({ anyOf, oneOf, allOf }: Schema): readonly Schema[] {
  return [anyOf, oneOf, allOf].flatMap((schemas) => (Array.isArray(schemas) ? schemas.filter(isSchema) : []))
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
