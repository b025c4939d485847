import type { XmlElement } from '@portreeve/formats'
import type { BApropertyReport } from '../vendor-types.ts'
import { origin, type RawNode, type RawValue } from './origin.ts'

/** Where something stands: in the file as it came when the report was read from one. */
export interface PlaceInFile {
  /** `/BAreports/BApropertyReport[3]/ProposedEntries/…`; what may be repeated is counted from 1. */
  readonly path: string
  readonly line?: number
  readonly column?: number
  /** What stands there in the file; absent for an element that holds others. */
  readonly text?: string
}

/**
 * The place of `path` (from the report on, in Valuebill's names). After corrections, it is the place of what the value was
 * made from: moved entries point to where they stood. What is missing points to what it is missing from.
 */
export function placeOf(report: BApropertyReport, path: string, index: number): PlaceInFile {
  const root = (report as RawNode)[origin]
  if (root === undefined) return { path: [reportPath(index), path].filter(Boolean).join('/') }
  return placeOfElement(root, originOf(report as RawNode, path, root), index)
}

/** The place of an element of the report's. */
export function placeOfElement(report: XmlElement, element: XmlElement, index: number): PlaceInFile {
  const steps = stepsTo(report, element) ?? []
  const { line, column, children, text } = element
  return { path: [reportPath(index), ...steps].join('/'), line, column, ...(children.length === 0 && { text }) }
}

/** `index` counts from 0. */
function reportPath(index: number): string {
  return `/BAreports/BApropertyReport[${index + 1}]`
}

function originOf(report: RawNode, path: string, root: XmlElement): XmlElement {
  let node = report
  let element = root
  for (const step of path === '' ? [] : path.split('/')) {
    const { name, position } = readStep(step)
    const value = pick(node[name], position)
    if (value === undefined) break
    if (typeof value === 'string') {
      return element.children.filter((child) => child.name === name)[position] ?? element
    }
    node = value
    element = node[origin] ?? element
  }
  return element
}

function readStep(step: string): { name: string; position: number } {
  const [, name = step, position = '1'] = /^([^[]+)\[(\d+)\]$/.exec(step) ?? []
  return { name, position: Number(position) - 1 }
}

function pick(value: RawValue | undefined, position: number): string | RawNode | undefined {
  return Array.isArray(value) ? value[position] : (value as string | RawNode | undefined)
}

function stepsTo(from: XmlElement, target: XmlElement): string[] | null {
  if (from === target) return []
  for (const child of from.children) {
    const rest = stepsTo(child, target)
    if (rest !== null) return [stepOf(from, child), ...rest]
  }
  return null
}

function stepOf(parent: XmlElement, child: XmlElement): string {
  const namesakes = parent.children.filter((other) => other.is(child.namespace, child.name))
  return namesakes.length === 1 ? child.name : `${child.name}[${namesakes.indexOf(child) + 1}]`
}
