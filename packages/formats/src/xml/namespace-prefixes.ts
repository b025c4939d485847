import type { XmlElement } from './xml-element.ts'

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/**
 * One prefix for each namespace of a tree, `''` for the default one, in the order in which they occur; all of them can
 * be declared on the outermost element.
 *
 * @param wished namespace to prefix; a namespace without one gets `ns1`, `ns2` …
 */
export function namespacePrefixes(
  root: XmlElement,
  wished: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const used = { byElements: new Set<string>(), byAttributes: new Set<string>() }
  collect(root, used)
  const prefixes = new Map<string, string>()
  const taken = new Set<string>()
  let number = 0
  for (const namespace of new Set([...used.byElements, ...used.byAttributes])) {
    if (namespace === '' || namespace === xmlNamespace) continue
    // Attributes cannot use the default namespace, and elements without a namespace forbid one.
    const defaultAllowed = !used.byAttributes.has(namespace) && !used.byElements.has('')
    let prefix = wished[namespace]
    if (prefix === undefined || taken.has(prefix) || (prefix === '' && !defaultAllowed)) {
      const inUse = (candidate: string) => taken.has(candidate) || Object.values(wished).includes(candidate)
      do prefix = `ns${++number}`
      while (inUse(prefix))
    }
    taken.add(prefix)
    prefixes.set(namespace, prefix)
  }
  return prefixes
}

interface Used {
  readonly byElements: Set<string>
  readonly byAttributes: Set<string>
}

function collect(element: XmlElement, used: Used, parentNamespace?: string): void {
  const { namespace, attributes, children } = element
  if (namespace !== parentNamespace) used.byElements.add(namespace)
  for (const attribute of attributes) used.byAttributes.add(attribute.namespace)
  for (const child of children) collect(child, used, namespace)
}

/** The name with its prefix, as it stands in a tag. */
export function qualified(prefixes: ReadonlyMap<string, string>, namespace: string, name: string): string {
  if (namespace === xmlNamespace) return `xml:${name}`
  const prefix = prefixes.get(namespace) ?? ''
  return prefix === '' ? name : `${prefix}:${name}`
}
