import { type XmlDocument, XmlElement } from 'libxml2-wasm'

/** An element as the stand-in reads it, out of libxml2's tree: local names, text of the leaves. */
export interface ReportNode {
  readonly name: string
  /** All text inside, as it stands. */
  readonly text: string
  readonly children: readonly ReportNode[]
}

/** The reports of a document, in order, whatever else stands in it. */
export function readReports(document: XmlDocument): readonly ReportNode[] {
  return elementsOf(document.root)
    .filter((element) => element.name === 'BApropertyReport')
    .map(readNode)
}

export function* elementsIn(parent: XmlElement): Generator<XmlElement> {
  for (let node = parent.firstChild; node !== null; node = node.next) if (node instanceof XmlElement) yield node
}

/** The first child of this name. */
export function child(parent: ReportNode | undefined, name: string): ReportNode | undefined {
  return parent?.children.find((node) => node.name === name)
}

/** The elements that a path of names leads to, over all branches. */
export function all(parent: ReportNode, ...[name, ...rest]: readonly string[]): readonly ReportNode[] {
  if (name === undefined) return [parent]
  return parent.children.filter((node) => node.name === name).flatMap((node) => all(node, ...rest))
}

export function descendants(parent: ReportNode): readonly ReportNode[] {
  return [parent, ...parent.children.flatMap(descendants)]
}

function elementsOf(parent: XmlElement): XmlElement[] {
  return [...elementsIn(parent)]
}

function readNode(element: XmlElement): ReportNode {
  const children = elementsOf(element).map(readNode)
  return { name: element.name, text: children.length === 0 ? element.content : '', children }
}
