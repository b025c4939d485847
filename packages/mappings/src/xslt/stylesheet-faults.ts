import { SourceRefused, type XmlElement } from '@portreeve/formats'
import type { ScriptFault } from '../script.ts'
import { everyElement, expressionsOf, placeOf, readStylesheet, xsltNamespace } from './stylesheet.ts'
import { xpathTokens } from './xpath-tokens.ts'

const otherFiles = new Set('import include'.split(' '))
const instructions = new Set(
  `apply-imports apply-templates attribute attribute-set call-template choose comment copy copy-of decimal-format element
  fallback for-each if key message namespace-alias number otherwise output param preserve-space processing-instruction sort
  strip-space stylesheet template text transform value-of variable when with-param`.split(/\s+/),
)
const functions = new Set(
  `last position count id local-name namespace-uri name string concat starts-with contains substring-before substring-after
  substring string-length normalize-space translate boolean not true false lang number sum floor ceiling round
  key format-number current generate-id system-property element-available function-available`.split(/\s+/),
)

/**
 * What no stylesheet of a mapping may have: anything but XSLT 1.0, anything that reads or writes elsewhere, anything that
 * nobody would see. In document order; empty for a good one.
 */
export function stylesheetFaults(text: string): readonly ScriptFault[] {
  const root = rootOf(text)
  if ('sentence' in root) return [root]
  return [
    ...[...everyElement(root)].flatMap((element) =>
      sentencesAbout(element).map((sentence) => ({ sentence, place: placeOf(element) })),
    ),
    ...expressionsOf(root).flatMap(({ text: expression, attribute, element }) =>
      functionSentences(expression, attribute).map((sentence) => ({ sentence, place: placeOf(element) })),
    ),
  ]
}

function rootOf(text: string): XmlElement | ScriptFault {
  try {
    return readStylesheet(text)
  } catch (error) {
    if (!(error instanceof SourceRefused)) throw error
    const { rule, line, column } = error.problem
    const place = line === undefined ? {} : { place: { line, column: column ?? 1 } }
    return { sentence: `It is no XML that is read here: ${rule}.`, ...place }
  }
}

function sentencesAbout(element: XmlElement): readonly string[] {
  const extensions = element.attribute(
    'extension-element-prefixes',
    element.namespace === xsltNamespace ? '' : xsltNamespace,
  )
  const found = extensions === undefined ? [] : ['extension-element-prefixes is for what only some processors have.']
  return element.namespace === xsltNamespace ? [...found, ...instructionSentences(element)] : found
}

function instructionSentences(element: XmlElement): readonly string[] {
  const { name } = element
  const attribute = (of: string) => element.attribute(of)
  if (otherFiles.has(name)) return [`xsl:${name} would read another file: write all into this one.`]
  if (!instructions.has(name)) return [`xsl:${name} is no element of XSLT 1.0.`]
  if (name === 'message' && attribute('terminate') !== 'yes') {
    return ['xsl:message speaks to nobody here: take it out, or end the mapping by it with terminate="yes".']
  }
  const version = attribute('version')
  if ((name === 'stylesheet' || name === 'transform') && version !== '1.0') return ['Its version must be 1.0.']
  const encoding = name === 'output' ? attribute('encoding') : undefined
  return encoding === undefined || /^utf-8$/i.test(encoding) ? [] : ['Its result is always written in UTF-8.']
}

function functionSentences(expression: string, attribute: string): readonly string[] {
  const tokens = xpathTokens(expression)
  if (tokens === null) return [`The XPath of its "${attribute}" cannot be read.`]
  return tokens.flatMap(({ kind, text }) => {
    if (kind !== 'function' || functions.has(text)) return []
    if (text === 'document') return ['document() would read another file: a mapping sees its message alone.']
    return [`${text}() is no function of XSLT 1.0 that a mapping may call.`]
  })
}
