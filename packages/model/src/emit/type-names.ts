import type { JsonSchema } from './json-schema.ts'
import { simpleTypeBase, simpleTypeFacets } from './simple-type.ts'

/** Gives each shape one name: elements of one name must have one type wherever a choice may lead (XSD 1.0, 3.8.6). */
export class TypeNames {
  readonly #names = new Map<string, string>()
  readonly #schemas = new Map<string, JsonSchema>()

  /** Name of the schema's type: its title, or the element's name. Bare texts and numbers have the built-in ones. */
  nameOf(schema: JsonSchema, element: string): string {
    if (!schema.properties && !schema.patternProperties && simpleTypeFacets(schema).length === 0) {
      return simpleTypeBase(schema)
    }
    const shape = shapeOf(schema)
    const known = this.#names.get(shape)
    if (known !== undefined) return known
    const name = this.#free(schema.title ?? element.charAt(0).toUpperCase() + element.slice(1))
    this.#names.set(shape, name)
    this.#schemas.set(name, schema)
    return name
  }

  /** Names and schemas in the order of their first use, those that are used while this goes on among them. */
  all(): Iterable<[string, JsonSchema]> {
    return this.#schemas
  }

  #free(name: string): string {
    let free = name
    for (let count = 2; this.#schemas.has(free); count++) free = `${name}${count}`
    return free
  }
}

/** Two shapes are one when nothing but their description differs. */
function shapeOf(schema: JsonSchema): string {
  const { description: _description, ...shape } = schema
  return JSON.stringify(shape)
}
