import { readXml, type XmlElement } from '@portreeve/formats'
import type { ScriptPlace } from '../script.ts'
import { templateExpressions } from './xpath-tokens.ts'

export const xsltNamespace = 'http://www.w3.org/1999/XSL/Transform'

/** An expression or a pattern of a stylesheet, and the element that it is an attribute of. */
export interface StylesheetExpression {
  readonly text: string
  readonly attribute: string
  readonly element: XmlElement
}

const expressionAttributes = new Set(['select', 'test', 'match', 'use', 'count', 'from', 'value'])

/** Throws `SourceRefused` when it is no XML. */
export function readStylesheet(text: string): XmlElement {
  return readXml(Buffer.from(text))
}

export function* everyElement(root: XmlElement): Generator<XmlElement> {
  yield root
  for (const child of root.children) yield* everyElement(child)
}

/** Every expression and pattern, in document order. */
export function expressionsOf(root: XmlElement): readonly StylesheetExpression[] {
  return [...everyElement(root)].flatMap((element) =>
    element.attributes.flatMap(({ name, value }) => {
      const isInstruction = element.namespace === xsltNamespace
      const texts = isInstruction && expressionAttributes.has(name) ? [value] : templateExpressions(value)
      return texts.map((text) => ({ text, attribute: name, element }))
    }),
  )
}

/** Prefixes and their namespaces; one that stands for several, in different places, is left out. */
export function prefixesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const several = new Set<string>()
  for (const [, prefix = '', , namespace = ''] of text.matchAll(/\sxmlns:([\p{L}_][\w.-]*)\s*=\s*(["'])(.*?)\2/gu)) {
    if ((found.get(prefix) ?? namespace) !== namespace) several.add(prefix)
    found.set(prefix, namespace)
  }
  for (const prefix of several) found.delete(prefix)
  return found
}

export function placeOf({ line, column }: XmlElement): ScriptPlace {
  return { line, column }
}
