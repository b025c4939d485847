/** Namespaces of Valuebill and the GovTalk schemas that it imports, by their customary prefix; `vb` is written without one. */
export const namespaces = {
  vb: 'http://www.govtalk.gov.uk/LG/Valuebill',
  bs7666: 'http://www.govtalk.gov.uk/people/bs7666',
  apd: 'http://www.govtalk.gov.uk/people/AddressAndPersonalDetails',
  pdt: 'http://www.govtalk.gov.uk/people/PersonDescriptives',
} as const

export type Prefix = keyof typeof namespaces

/** A complex type: its child elements in the schema's order, and its attributes. `Node` is the type it is read into. */
export interface Structure<Node> {
  readonly parts: readonly Part[]
  readonly byName: ReadonlyMap<string, Part>
  /** Names of the structure's own attributes, without `@`. */
  readonly attributes: readonly string[]
  /** Never there: it keeps the type. */
  readonly node?: Node
}

export interface Part {
  readonly name: string
  readonly prefix: Prefix
  /** It may be repeated, and is read into an array. */
  readonly many: boolean
  /** `null`: an element of text. */
  readonly structure: Structure<unknown> | null
  /** Attributes of an element of text. */
  readonly attributes: readonly string[]
}

type Content<Value> = Omit<Part, 'name' | 'prefix'> & { readonly prefix?: Prefix; readonly value?: Value }
type Elements<Node> = {
  readonly [Key in Exclude<keyof Node, `${string}@${string}`>]-?: Content<NonNullable<Node[Key]>>
}

export const text: Content<string> = { many: false, structure: null, attributes: [] }
export const texts: Content<readonly string[]> = { many: true, structure: null, attributes: [] }

export function textWith(...attributes: readonly string[]): Content<string> {
  return { ...text, attributes }
}

export function one<Node>(structure: Structure<Node>): Content<Node> {
  return { many: false, structure, attributes: [] }
}

export function many<Node>(structure: Structure<Node>): Content<readonly Node[]> {
  return { many: true, structure, attributes: [] }
}

/** The same content, as an element of another namespace than its parent's other children. */
export function of<Value>(prefix: Prefix, content: Content<Value>): Content<Value> {
  return { ...content, prefix }
}

/** The compiler sees to it that every element of `Node` is there, with its content; their order is the schema's. */
export function structure<Node>(
  prefix: Prefix,
  elements: Elements<Node>,
  attributes: readonly string[] = [],
): Structure<Node> {
  const parts = Object.entries<Content<unknown>>(elements).map(
    ([name, content]): Part => ({
      name,
      prefix: content.prefix ?? prefix,
      many: content.many,
      structure: content.structure,
      attributes: content.attributes,
    }),
  )
  return { parts, byName: new Map(parts.map((part) => [part.name, part])), attributes }
}
