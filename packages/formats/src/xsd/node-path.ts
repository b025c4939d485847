import type { XmlElement } from '../xml/xml-element.ts'

/**
 * The elements from the root to the one that a path of libxml2 means (`xmlGetNodePath`). A step is `*` or `*[n]`, counted
 * over all sibling elements, where the element is in the default namespace; else a name, counted over the siblings of
 * that name. A step to an attribute ends it.
 *
 * @param prefixes namespace to prefix, as they were written
 */
export function elementsOnPath(
  root: XmlElement,
  path: string,
  prefixes: ReadonlyMap<string, string>,
): readonly XmlElement[] {
  const found: XmlElement[] = [root]
  for (const step of path.split('/').slice(2)) {
    const [, name, number = '1'] = /^([^[@]+)(?:\[(\d+)\])?$/.exec(step) ?? []
    const siblings = found.at(-1)?.children ?? []
    const same = name === '*' ? siblings : siblings.filter((sibling) => prefixed(sibling, prefixes) === name)
    const next = same[Number(number) - 1]
    if (next === undefined) break
    found.push(next)
  }
  return found
}

function prefixed({ namespace, name }: XmlElement, prefixes: ReadonlyMap<string, string>): string {
  const prefix = prefixes.get(namespace) ?? ''
  return prefix === '' ? name : `${prefix}:${name}`
}
