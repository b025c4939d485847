import { describe, expect, it } from 'vitest'
import { contentModel } from './content-model.ts'
import type { XsdNode } from './markup.ts'

/** As in a DTD: `?` may be missing, `|` is a choice. */
function told(node: XsdNode): string {
  if (node.name === 'element') return `${node.attributes?.name}${node.attributes?.minOccurs === '0' ? '?' : ''}`
  return `(${(node.children ?? []).map(told).join(node.name === 'choice' ? ' | ' : ', ')})`
}

function modelOf(names: string, required: string[], oneOf: string[]): string {
  const schema = {
    properties: Object.fromEntries([...names].map((name) => [name, {}])),
    required,
    anyOf: oneOf.map((name) => ({ required: [name] })),
  }
  const nodes = contentModel(schema, (name, _schema, needed) => ({
    name: 'element',
    attributes: { name, ...(!needed && { minOccurs: '0' }) },
  }))
  return nodes.map(told).join(', ')
}

describe('the elements of an object', () => {
  it('stand in the order of its properties', () => {
    expect(modelOf('abc', ['b'], [])).toBe('a?, b, c?')
  })

  it.each([
    ['ab', [], ['a', 'b'], '((a, b?) | b)'],
    ['xabcy', ['x'], ['a', 'b', 'c'], 'x, ((a, b?, c?) | ((b, c?) | c)), y?'],
    ['abc', [], ['a', 'c'], '((a, b?, c?) | (b?, c))'],
    ['abc', ['b'], ['a', 'c'], '((a, b, c?) | (b, c))'],
    ['ab', [], ['b'], 'a?, b'],
  ])('of %s, with %j required and at least one of %j, are told without ambiguity', (names, required, oneOf, model) => {
    expect(modelOf(names, required, oneOf)).toBe(model)
  })
})
