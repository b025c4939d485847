import { type XmlAttribute, XmlElement } from './xml-element.ts'

/** Text, or the children; `undefined` stands for an optional child that is absent. */
export type XmlContent = string | readonly (XmlElement | undefined)[]

export type BuildElement = (
  name: string,
  content?: XmlContent,
  attributes?: Readonly<Record<string, string | undefined>>,
) => XmlElement

/**
 * A builder of elements in one namespace; their attributes are in none.
 *
 * @example const vb = elementsIn(namespace); vb('TypeOfTax', [vb('DateSent', '2026-01-31')])
 */
export function elementsIn(namespace: string): BuildElement {
  return (name, content = '', attributes = {}) => {
    const own: XmlAttribute[] = []
    for (const [attribute, value] of Object.entries(attributes)) {
      if (value !== undefined) own.push({ namespace: '', name: attribute, value })
    }
    if (typeof content === 'string') return new XmlElement(namespace, name, own, [], content)
    const children = content.filter((child) => child !== undefined)
    return new XmlElement(namespace, name, own, children)
  }
}
