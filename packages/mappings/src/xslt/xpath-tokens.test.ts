import { expect, it } from 'vitest'
import { templateExpressions, xpathTokens } from './xpath-tokens.ts'

const spelled = (text: string) => xpathTokens(text)?.map((token) => `${token.kind} ${token.text}`)

it('tells names from functions, axes, operators and node types, as XPath 1.0 does by what stands before', () => {
  expect(spelled("/a:b//@c[position() mod 2 = 1]/child::div * div div text()[. != '//x']")).toEqual([
    ...[
      'symbol /',
      'name a:b',
      'symbol //',
      'symbol @',
      'name c',
      'symbol [',
      'function position',
      'symbol (',
      'symbol )',
    ],
    ...['operator mod', 'number 2', 'symbol =', 'number 1', 'symbol ]', 'symbol /', 'axis child', 'name div'],
    ...['operator *', 'name div', 'operator div', 'symbol text', 'symbol (', 'symbol )', 'symbol [', 'symbol .'],
    ...['symbol !=', "literal '//x'", 'symbol ]'],
  ])
})

it('knows what is no expression', () => {
  expect(xpathTokens('a["b]')).toBeNull()
  expect(xpathTokens('a ; b')).toBeNull()
})

it('finds the expressions of an attribute, but not what only looks like one', () => {
  expect(templateExpressions(`{a}-{{b}}-{concat('}', "{")}`)).toEqual(['a', `concat('}', "{")`])
})
