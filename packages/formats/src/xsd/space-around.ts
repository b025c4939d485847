import { XmlElement } from '../xml/xml-element.ts'

/**
 * Whether a complaint of libxml2 may be about nothing but white space around a value. XML Schema (part 2, 4.3.6) takes it
 * away before a value of any type is checked, those made of `string` aside, which cannot be complained of in this way.
 * libxml2 2.15 forgets to do so for dates, times and durations.
 */
export function mayBeAboutSpaceAround(message: string, element: XmlElement): boolean {
  if (!/ is not a valid value of the (?:local )?atomic type(?: '[^']*')?\.$/.test(message)) return false
  return trimmed(element.text) !== element.text || element.attributes.some(({ value }) => trimmed(value) !== value)
}

/** The tree with no white space around the texts and attributes of those elements. */
export function withoutSpaceIn(elements: ReadonlySet<XmlElement>, root: XmlElement): XmlElement {
  const { namespace, name, attributes, children, text, line, column } = root
  const copies = children.map((child) => withoutSpaceIn(elements, child))
  if (!elements.has(root)) return new XmlElement(namespace, name, attributes, copies, text, line, column)
  const values = attributes.map((attribute) => ({ ...attribute, value: trimmed(attribute.value) }))
  return new XmlElement(namespace, name, values, copies, trimmed(text), line, column)
}

/** Without white space at its ends, as XML (2.3) has it. */
function trimmed(text: string): string {
  return text.replace(/^[ \t\r\n]+/, '').replace(/[ \t\r\n]+$/, '')
}
