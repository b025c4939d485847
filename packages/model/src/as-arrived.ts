import { type TSchema, type TUnsafe, Type } from 'typebox'

/**
 * `Value` before anybody looked at it: any element may be missing, any text may stand where a rule asks for more. What
 * is there keeps its name, its place and its order.
 */
export type AsArrived<Value> = Value extends string
  ? string
  : Value extends readonly (infer Item)[]
    ? readonly AsArrived<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]?: AsArrived<Value[Key]> }
      : Value

const rules = new Set(['required', 'pattern', 'minLength', 'maxLength', 'enum', 'const', 'anyOf', 'maxItems', '$id'])

/** The schema of `AsArrived<Value>`: same names and shapes, without what says which texts are good ones. */
export function asArrived<Value>(schema: TSchema, description: string): TUnsafe<AsArrived<Value>> {
  return Type.Unsafe<AsArrived<Value>>({ ...withoutRules(schema), description })
}

function withoutRules(schema: TSchema): TSchema {
  const kept: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (!rules.has(keyword)) kept[keyword] = keyword === 'properties' ? eachWithoutRules(value) : value
  }
  if (typeof kept.items === 'object') kept.items = withoutRules(kept.items as TSchema)
  return kept
}

function eachWithoutRules(properties: Record<string, TSchema>): Record<string, TSchema> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, withoutRules(schema)]))
}
