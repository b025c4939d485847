import type { TObject } from 'typebox'

export interface FieldSchema {
  readonly description?: string
  readonly secret?: boolean
  readonly properties?: Readonly<Record<string, FieldSchema>>
}

/** Every field of a config, those inside others too; `path` with dots. */
export function configFields(config: TObject): readonly { path: string; schema: FieldSchema }[] {
  return fieldsOf({ ...config }, '')
}

function fieldsOf({ properties = {} }: FieldSchema, above: string): readonly { path: string; schema: FieldSchema }[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${above}${name}`
    return [{ path, schema }, ...fieldsOf(schema, `${path}.`)]
  })
}
