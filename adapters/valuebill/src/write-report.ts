import { type XmlAttribute, XmlElement } from '@portreeve/formats'
import type { RawNode } from './raw/origin.ts'
import { headerStructure, reportStructure, trailerStructure } from './raw/report-structure.ts'
import { namespaces, type Part, type Prefix, type Structure } from './raw/structure.ts'
import type { BApropertyReport, BAreportHeader, BAreportTrailer } from './vendor-types.ts'

/** A report as an element, its parts in the schema's order. Pure; nothing is judged. */
export function reportElement(report: BApropertyReport): XmlElement {
  return nodeElement('vb', 'BApropertyReport', report as RawNode, reportStructure)
}

export function headerElement(header: BAreportHeader): XmlElement {
  return nodeElement('vb', 'BAreportHeader', header as RawNode, headerStructure)
}

export function trailerElement(trailer: BAreportTrailer): XmlElement {
  return nodeElement('vb', 'BAreportTrailer', trailer as RawNode, trailerStructure)
}

function nodeElement(prefix: Prefix, name: string, node: RawNode, structure: Structure<unknown>): XmlElement {
  const children: XmlElement[] = []
  for (const part of structure.parts) {
    const value = node[part.name]
    if (value === undefined) continue
    if (Array.isArray(value)) for (const item of value) children.push(partElement(item, part, node))
    else children.push(partElement(value as string | RawNode, part, node))
  }
  return new XmlElement(namespaces[prefix], name, attributesOf(node, '', structure.attributes), children)
}

function partElement(value: string | RawNode, part: Part, parent: RawNode): XmlElement {
  const { prefix, name, structure } = part
  if (structure !== null) return nodeElement(prefix, name, value as RawNode, structure)
  return new XmlElement(namespaces[prefix], name, attributesOf(parent, name, part.attributes), [], value as string)
}

const none: readonly XmlAttribute[] = []

function attributesOf(node: RawNode, element: string, names: readonly string[]): readonly XmlAttribute[] {
  if (names.length === 0) return none
  return names.flatMap((name) => {
    const value = node[`${element}@${name}`]
    return typeof value === 'string' ? [{ namespace: '', name, value }] : []
  })
}
