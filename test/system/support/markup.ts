import { type DefaultTreeAdapterTypes, parse } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node

/** All that a page is made of but its text, as a browser takes it: elements with their attributes, and remarks. */
export function skeletonOf(page: string): readonly string[] {
  return nodesOf(parse(page)).flatMap((node) => {
    if ('tagName' in node) return [[node.tagName, ...node.attrs.map(({ name, value }) => `${name}=${value}`)].join(' ')]
    return node.nodeName === '#comment' ? ['a remark'] : []
  })
}

/** What a reader reads, on one line. */
export function readableText(page: string): string {
  const texts = nodesOf(parse(page)).flatMap((node) => ('value' in node ? [node.value] : []))
  return texts.join('').replace(/\s+/g, ' ')
}

function nodesOf(node: Node): readonly Node[] {
  const inside = 'childNodes' in node ? node.childNodes : []
  return [node, ...inside.flatMap(nodesOf)]
}
