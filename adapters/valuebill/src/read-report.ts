import type { XmlAttribute, XmlElement } from '@portreeve/formats'
import { origin } from './raw/origin.ts'
import { headerStructure, reportStructure, trailerStructure } from './raw/report-structure.ts'
import { namespaces, type Part, type Structure } from './raw/structure.ts'
import type { BApropertyReport, BAreportHeader, BAreportTrailer } from './vendor-types.ts'

/** What has no place in a report, or a second time: it could neither be kept nor sent, so it refuses the report. */
export interface Unexpected {
  /** The element itself, or the one which it is an attribute or text of. */
  readonly element: XmlElement
  /** `element`, `second element`, `text`, or an attribute: `@Colour`. */
  readonly what: string
}

export interface ReadNode<Node> {
  readonly node: Node
  readonly unexpected: readonly Unexpected[]
}

/** Reads a `BApropertyReport` leniently: as it arrived, in any order of elements; nothing is trimmed, nothing is judged. */
export function readReport(element: XmlElement): ReadNode<BApropertyReport> {
  return read(element, reportStructure)
}

export function readHeader(element: XmlElement): ReadNode<BAreportHeader> {
  return read(element, headerStructure)
}

export function readTrailer(element: XmlElement): ReadNode<BAreportTrailer> {
  return read(element, trailerStructure)
}

const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance'

function read<Node>(element: XmlElement, structure: Structure<Node>): ReadNode<Node> {
  const unexpected: Unexpected[] = []
  const node = readNode(element, structure, unexpected)
  // The structure's type says what it is read into; the compiler checked one against the other.
  return { node: node as Node, unexpected }
}

/** A `RawNode` while it is being read. */
type Draft = { [name: string]: string | Draft | (string | Draft)[]; [origin]?: XmlElement }

function readNode(element: XmlElement, structure: Structure<unknown>, unexpected: Unexpected[]): Draft {
  const node: Draft = { [origin]: element }
  for (const attribute of element.attributes) {
    if (isKnown(attribute, structure.attributes)) node[`@${attribute.name}`] = attribute.value
    else if (attribute.namespace !== instanceNamespace) unexpected.push({ element, what: `@${attribute.name}` })
  }
  for (const child of element.children) {
    const part = structure.byName.get(child.name)
    if (part === undefined || namespaces[part.prefix] !== child.namespace) {
      unexpected.push({ element: child, what: 'element' })
    } else {
      readPart(child, part, node, unexpected)
    }
  }
  if (element.text !== '' && element.text.trim() !== '') unexpected.push({ element, what: 'text' })
  return node
}

function readPart(element: XmlElement, part: Part, node: Draft, unexpected: Unexpected[]): void {
  const { name } = part
  const before = node[name]
  if (before !== undefined && !part.many) {
    unexpected.push({ element, what: 'second element' })
    return
  }
  const value = part.structure === null ? element.text : readNode(element, part.structure, unexpected)
  if (part.structure === null) readText(element, part, node, unexpected)
  if (!part.many) node[name] = value
  else if (Array.isArray(before)) before.push(value)
  else node[name] = [value]
}

function readText(element: XmlElement, part: Part, node: Draft, unexpected: Unexpected[]): void {
  for (const child of element.children) unexpected.push({ element: child, what: 'element' })
  for (const attribute of element.attributes) {
    if (isKnown(attribute, part.attributes)) node[`${part.name}@${attribute.name}`] = attribute.value
    else if (attribute.namespace !== instanceNamespace) unexpected.push({ element, what: `@${attribute.name}` })
  }
}

function isKnown(attribute: XmlAttribute, known: readonly string[]): boolean {
  return attribute.namespace === '' && known.includes(attribute.name)
}
