/** An element's or attribute's name: local name and namespace; `''` is no namespace. */
export interface XmlName {
  readonly namespace: string
  readonly name: string
}

export interface XmlAttribute extends XmlName {
  readonly value: string
}

/** Shared by the many elements that have none. */
const none: readonly never[] = Object.freeze([])

/**
 * An element as it was read, or as it is to be written. Immutable. Prefixes are not kept, nor comments, nor the order
 * of text and children where both occur (none of our formats mixes them). Its strings may share memory with the 64 KiB of
 * the file that they stood in: what is to be kept long is better kept as something else.
 */
export class XmlElement implements XmlName {
  /** Local name. */
  readonly name: string
  readonly namespace: string
  /** In document order, without `xmlns` declarations. */
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** The element's own text, line ends as `\n`; `''` where there is only white space between children. */
  readonly text: string
  /** Place of its `<` in the file as it came, from 1; a column is one UTF-16 unit. 0 for an element that was built. */
  readonly line: number
  readonly column: number

  constructor(
    namespace: string,
    name: string,
    attributes: readonly XmlAttribute[] = none,
    children: readonly XmlElement[] = none,
    text = '',
    line = 0,
    column = 0,
  ) {
    this.name = name
    this.namespace = namespace
    this.attributes = attributes
    this.children = children
    this.text = text
    this.line = line
    this.column = column
  }

  is(namespace: string, name: string): boolean {
    return this.name === name && this.namespace === namespace
  }

  /** The first child of that name. */
  child(namespace: string, name: string): XmlElement | undefined {
    for (const child of this.children) if (child.name === name && child.namespace === namespace) return child
    return undefined
  }

  childrenNamed(namespace: string, name: string): readonly XmlElement[] {
    return this.children.filter((child) => child.is(namespace, name))
  }

  /** Text of the first child of that name; `undefined` when there is no such child, `''` when it is empty. */
  childText(namespace: string, name: string): string | undefined {
    return this.child(namespace, name)?.text
  }

  attribute(name: string, namespace = ''): string | undefined {
    return this.attributes.find((attribute) => attribute.name === name && attribute.namespace === namespace)?.value
  }
}
