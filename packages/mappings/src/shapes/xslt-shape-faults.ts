import type { JsonSchema } from '@portreeve/model'
import { expressionsOf, placeOf, prefixesOf, readStylesheet } from '../xslt/stylesheet.ts'
import { type XPathToken, xpathTokens } from '../xslt/xpath-tokens.ts'
import type { ShapeFault } from './shape-fault.ts'

/** Names of the elements of a canonical form, and which stand below which. */
interface Elements {
  readonly children: ReadonlyMap<string, ReadonlySet<string>>
}

interface Named {
  readonly prefix: string
  readonly name: string
}

/**
 * Elements that a stylesheet asks for and that the canonical form does not have, or not there: every name, and two names with
 * a single slash between them. Of other paths, and of names whose prefix stands for several namespaces, nothing is said.
 */
export function xsltShapeFaults(text: string, from: JsonSchema, rootElement: string): readonly ShapeFault[] {
  const namespace = from.$id ?? ''
  const prefixes = prefixesOf(text)
  const elements = elementsOf(from, rootElement)
  return expressionsOf(readStylesheet(text)).flatMap(({ text: expression, element }) => {
    const tokens = xpathTokens(expression) ?? []
    return faultsIn(tokens).map((said) => ({ kind: 'unknown-field' as const, ...said, place: placeOf(element) }))
  })

  function faultsIn(tokens: readonly XPathToken[]): readonly { sentence: string; remedy: string }[] {
    const known = [...elements.children.keys()]
    return tokens.flatMap((token, index) => {
      const named = elementName(token, tokens[index - 1])
      if (!named) return []
      const { prefix, name } = named
      const bound = prefix === '' ? '' : prefixes.get(prefix)
      if (bound === undefined) return []
      if (bound !== namespace) {
        const remedy = `Write a prefix before it that stands for ${namespace}.`
        return [{ sentence: `${token.text} is no element of the message: those have a namespace.`, remedy }]
      }
      if (!elements.children.has(name)) {
        return [{ sentence: `The message has no element ${name}.`, remedy: `Use one of: ${known.join(', ')}.` }]
      }
      const parent = parentIn(tokens, index)
      const below = parent && elements.children.get(parent)
      if (!below || below.has(name)) return []
      const remedy = below.size > 0 ? `Use one of: ${[...below].join(', ')}.` : `There is nothing below ${parent}.`
      return [{ sentence: `${name} never stands below ${parent}.`, remedy }]
    })
  }
}

/** The name that a step tests; `undefined` for what is no name of an element. */
function elementName({ kind, text }: XPathToken, before: XPathToken | undefined): Named | undefined {
  if (kind !== 'name' || text.endsWith('*')) return undefined
  if (before?.kind === 'axis' && before.text !== 'child' && !before.text.includes('descendant')) return undefined
  if (before?.text === '@' && before.kind === 'symbol') return undefined
  const [prefix, name] = text.includes(':') ? text.split(':') : ['', text]
  return prefix === undefined || name === undefined ? undefined : { prefix, name }
}

/** The name in the step before, when it is a plain child step. */
function parentIn(tokens: readonly XPathToken[], index: number): string | undefined {
  const axis = tokens[index - 1]
  const at = axis?.kind === 'axis' ? index - 1 : index
  if (axis?.kind === 'axis' && axis.text !== 'child') return undefined
  const [parent, slash] = [tokens[at - 2], tokens[at - 1]]
  if (slash?.kind !== 'symbol' || slash.text !== '/' || parent === undefined) return undefined
  return elementName(parent, tokens[at - 3])?.name
}

function elementsOf(schema: JsonSchema, root: string): Elements {
  const children = new Map<string, Set<string>>()
  add(root, schema)
  return { children }

  function add(name: string, type: JsonSchema): void {
    const content = type.items ?? type
    const below = children.get(name) ?? new Set()
    children.set(name, below)
    if (content.patternProperties) {
      below.add('entry')
      children.set('entry', children.get('entry') ?? new Set())
    }
    for (const [key, member] of Object.entries(content.properties ?? {})) {
      below.add(key)
      add(key, member)
    }
  }
}
