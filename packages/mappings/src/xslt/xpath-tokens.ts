/** A token of XPath 1.0, as far as it has to be told from others here. */
export interface XPathToken {
  readonly kind: 'name' | 'function' | 'axis' | 'operator' | 'variable' | 'literal' | 'number' | 'symbol'
  /** Of a name, function or axis without what follows it, such as `a:person`, `count`, `child`. */
  readonly text: string
}

const name = '[\\p{L}_][\\p{L}\\p{N}_.\\-\\u00B7]*'
const shapes = new RegExp(
  `\\s*(?:(?<literal>"[^"]*"|'[^']*')|(?<number>[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)|\\$\\s*(?<variable>${name}(?::${name})?)|(?<axis>${name})\\s*::|(?<name>${name}(?::(?:${name}|\\*))?)|(?<symbol>//|\\.\\.|!=|<=|>=|[/()[\\].@,|+\\-=<>*:]))`,
  'uy',
)
const nodeTypes = new Set(['comment', 'text', 'processing-instruction', 'node'])

/** The tokens of an expression or a pattern; `null` where it is none. XPath 1.0, 3.7. */
export function xpathTokens(text: string): readonly XPathToken[] | null {
  const tokens: XPathToken[] = []
  let at = 0
  while (text.slice(at).trim() !== '') {
    shapes.lastIndex = at
    const groups = shapes.exec(text)?.groups
    if (groups === undefined) return null
    at = shapes.lastIndex
    const { literal, number, variable, axis, name: word, symbol } = groups
    if (literal !== undefined) tokens.push({ kind: 'literal', text: literal })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (variable !== undefined) tokens.push({ kind: 'variable', text: variable })
    else if (axis !== undefined) tokens.push({ kind: 'axis', text: axis })
    else if (word !== undefined) tokens.push(wordToken(word, tokens.at(-1), text.slice(at)))
    else tokens.push({ kind: isMultiplication(symbol, tokens.at(-1)) ? 'operator' : 'symbol', text: symbol ?? '' })
  }
  return tokens
}

function wordToken(text: string, before: XPathToken | undefined, after: string): XPathToken {
  if (followsOperand(before)) return { kind: 'operator', text }
  if (!/^\s*\(/.test(after)) return { kind: 'name', text }
  return { kind: nodeTypes.has(text) ? 'symbol' : 'function', text }
}

function isMultiplication(symbol: string | undefined, before: XPathToken | undefined): boolean {
  return symbol === '*' && followsOperand(before)
}

function followsOperand(before: XPathToken | undefined): boolean {
  if (before === undefined || before.kind === 'operator' || before.kind === 'axis') return false
  return before.kind !== 'symbol' || [')', ']', '.', '..', '*'].includes(before.text)
}

/** The expressions between the braces of an attribute value template. XSLT 1.0, 7.6.2. */
export function templateExpressions(value: string): readonly string[] {
  const found: string[] = []
  const shape = /\{\{|\}\}|\{((?:"[^"]*"|'[^']*'|[^{}"'])*)\}/g
  for (const [, expression] of value.matchAll(shape)) if (expression !== undefined) found.push(expression)
  return found
}
