import type { ScriptFault } from '../script.ts'

/** Why libxslt took no stylesheet: its words are about the stylesheet alone. */
export function compileFault(said: string): ScriptFault {
  return { sentence: `It is no XSLT 1.0: ${sentenceOf(said, 'libxslt says no more')}.`, ...placeIn(said) }
}

/**
 * Why a transformation ended. Of what libxslt says, only what stands in the stylesheet itself is kept: a message of the
 * stylesheet's own may quote what it was given, in the form of a fault, too.
 */
export function stopFault(said: string, stylesheet: string): ScriptFault {
  const [, named = ''] = /element ([\w:.-]+)/.exec(said) ?? []
  const element = isElementOf(stylesheet, named) ? named : undefined
  const known = Object.entries(meanings).find(([words]) => said.includes(words))?.[1]
  const at = element === undefined ? 'it' : `at ${element}, it`
  const sentence = known === undefined ? `${at} stopped by itself (xsl:message)` : `${at} ${known}`
  const { place } = placeIn(said)
  const isThere = place !== undefined && place.line <= stylesheet.split('\n').length
  return { sentence: `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`, ...(isThere && { place }) }
}

/** As libxslt names it: without its prefix, or with it. */
function isElementOf(stylesheet: string, name: string): boolean {
  return Array.from(stylesheet.matchAll(/<((?:[\w.-]+:)?([\w.-]+))/g)).some(
    ([, whole, local]) => name === whole || name === local,
  )
}

const meanings: Readonly<Record<string, string>> = {
  'parser error': 'was given a message that is no XML',
  'infinite template recursion': 'has templates that call each other for ever',
  'Potential infinite': 'has templates that call each other for ever',
  'Unregistered function': 'calls a function that XSLT 1.0 does not have',
  'Undefined variable': 'asks for a variable that is not there',
  'Invalid type': 'was given something of another kind than it takes',
  'XPath error': 'has an XPath expression that cannot be worked out',
  'runtime error': 'stopped',
  error: 'stopped',
}

/** libxslt knows the line of an element, and no column. */
function placeIn(said: string): Pick<ScriptFault, 'place'> {
  const [, line] = /script\.xsl(?: line |:)(\d+)/.exec(said) ?? []
  return line === undefined ? {} : { place: { line: Number(line), column: 1 } }
}

/** Its lines without the places, which are told apart, and without the source that it shows. */
function sentenceOf(said: string, otherwise: string): string {
  const lines = said
    .split('\n')
    .map((line) => line.replace(/^script\.xsl:\d+: /, '').replace(/^compilation error: file \S+ line \d+ /, 'at '))
    .filter((line) => line.trim() !== '' && !/^\s*\^?\s*$|^</.test(line))
  return lines.slice(0, 3).join('; ') || otherwise
}
