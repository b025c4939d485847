import { readXml } from '../xml/read-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'

const xsd = 'http://www.w3.org/2001/XMLSchema'

/** What a value of a built-in type looks like, for a person. Source: XML Schema 1.0 part 2, section 3. */
const looks: Readonly<Record<string, string>> = {
  date: 'a date such as 2026-01-31',
  dateTime: 'a date and time such as 2026-01-31T09:30:00',
  time: 'a time such as 09:30:00',
  gYear: 'a year such as 2026',
  gYearMonth: 'a year and month such as 2026-01',
  duration: 'a duration such as P1Y2M',
  boolean: 'true or false',
  decimal: 'a number such as 12.50',
  float: 'a number such as 12.5',
  double: 'a number such as 12.5',
  integer: 'a whole number',
  int: 'a whole number',
  long: 'a whole number',
  short: 'a whole number',
  byte: 'a whole number',
  negativeInteger: 'a whole number below 0',
  nonNegativeInteger: 'a whole number, 0 or more',
  nonPositiveInteger: 'a whole number, 0 or less',
  positiveInteger: 'a whole number, 1 or more',
  unsignedByte: 'a whole number from 0 to 255',
  unsignedInt: 'a whole number, 0 or more',
  unsignedLong: 'a whole number, 0 or more',
  unsignedShort: 'a whole number, 0 or more',
  anyURI: 'an address such as https://example.org/',
  base64Binary: 'data in base64',
  hexBinary: 'data in hexadecimal digits',
}

/** Named simple types of a schema: local name to the local name of what they restrict. */
export type SimpleTypes = ReadonlyMap<string, string>

/** @throws SourceRefused when a file is not well formed, or has a DOCTYPE */
export function simpleTypes(files: Iterable<Uint8Array>): SimpleTypes {
  const types = new Map<string, string>()
  for (const file of files) collect(readXml(file), types)
  return types
}

function collect(element: XmlElement, types: Map<string, string>): void {
  const name = element.attribute('name')
  const base = element.child(xsd, 'restriction')?.attribute('base')
  if (name !== undefined && base !== undefined && element.is(xsd, 'simpleType')) types.set(name, localName(base))
  for (const child of element.children) collect(child, types)
}

/**
 * The built-in type that a type comes from, and what its values look like. Namespaces are not compared: the answer only
 * words a sentence.
 */
export function builtInType(types: SimpleTypes, type: string): { name: string; looksLike: string } {
  let name = localName(type)
  for (let steps = 0; steps < 20; steps += 1) {
    const base = types.get(name)
    if (base === undefined) break
    name = base
  }
  return { name, looksLike: looks[name] ?? `a value of the type ${name}` }
}

function localName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('}')) + 1)
}
