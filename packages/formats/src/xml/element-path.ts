import type { XmlElement } from './xml-element.ts'

/** The step of a child in a path: its name, and its number from 1 where it has siblings of the same name. */
export function stepOf(parent: XmlElement | undefined, child: XmlElement): string {
  const same = parent?.children.filter((sibling) => sibling.is(child.namespace, child.name)) ?? []
  return same.length > 1 ? `/${child.name}[${same.indexOf(child) + 1}]` : `/${child.name}`
}
