import { describe, expect, it } from 'vitest'
import { YamlSource } from './yaml-source.ts'

const read = (text: string) => {
  const { value, problems } = new YamlSource('broker.yaml', text)
  return problems.length > 0
    ? problems.map(({ kind, place, sentence }) => `${place.line}:${place.column} ${kind}: ${sentence}`)
    : value
}

describe('a YAML file', () => {
  it('knows where each value stands, in nested mappings and lists', () => {
    const source = new YamlSource('x.yaml', 'a:\n  b:\n    - one\n    - c: two\n      "d e": [x, yy]\n')
    const at = (path: (string | number)[], which?: 'key') => {
      const { line, column } = source.placeOf(path, which)
      return `${line}:${column}`
    }
    expect(at(['a'])).toBe('2:3')
    expect(at(['a'], 'key')).toBe('1:1')
    expect(at(['a', 'b', 0])).toBe('3:7')
    expect(at(['a', 'b', 1, 'c'])).toBe('4:10')
    expect(at(['a', 'b', 1, 'c'], 'key')).toBe('4:7')
    expect(at(['a', 'b', 1, 'd e', 1])).toBe('5:18')
  })

  it('places what is not there at the nearest part that is', () => {
    const source = new YamlSource('x.yaml', 'a:\n  b: 1\n')
    expect(source.placeOf(['a', 'c', 'd'])).toEqual({ file: 'x.yaml', line: 2, column: 3 })
    expect(source.placeOf(['a', 'b', 0])).toEqual({ file: 'x.yaml', line: 2, column: 6 })
    expect(new YamlSource('x.yaml', '').placeOf(['a'])).toEqual({ file: 'x.yaml', line: 1, column: 1 })
  })

  it('says in words what is no YAML, only the first of it, at its place', () => {
    expect(read('a: 1\n\tb: 2\n')).toEqual(['2:1 yaml-syntax: This line is indented with a tab.'])
    expect(read('a: b: c\n')).toEqual(['1:4 yaml-syntax: This line has a second ": " in it.'])
    expect(read('a: [1, 2\nb: 3\n')).toEqual([
      '2:1 yaml-syntax: This is not indented as it should be, or a bracket before it is not closed.',
    ])
    for (const [text, place] of [
      ['a: 1\nto voa\n', '2:1'],
      ['a: 1\nto voa\nb: 2\n', '2:1'],
      ['to voa\na: 1\n', '1:1'],
    ] as const) {
      expect(read(text)).toEqual([`${place} yaml-syntax: A colon is missing after the key of this line.`])
    }
    expect(read('a: "x\nb: 1\n')).toEqual([
      '3:1 yaml-syntax: A closing quote, bracket or comma is missing before this place.',
    ])
    expect(read('a: @x\n')).toEqual(['1:4 yaml-syntax: A text cannot begin with @ or `.'])
    expect(read('a: !x y\n')).toEqual([
      '1:4 yaml-syntax: This begins with "!", which makes it a tag that nobody knows.',
    ])
    expect(read('a: 1\n---\nb: 2\n')).toEqual(['2:1 yaml-syntax: A second document begins here.'])
    expect(read("a: 'x' y\n")).toEqual(['1:8 yaml-syntax: This is not YAML.'])
  })

  it('tells a key that stands twice, at the second', () => {
    expect(read('a:\n  b: 1\n  c: 2\n  b: 3\n')).toEqual(['4:3 duplicate-key: This key stands twice.'])
  })

  it('reads a few aliases, and tells one without an anchor', () => {
    expect(read('a: &x 1\nb: *x\n')).toEqual({ a: 1, b: 1 })
    expect(read('a: 1\nb: *x\n')).toEqual([
      '2:4 yaml-syntax: This begins with "*", which makes it an alias, and nothing has that name.',
    ])
  })

  it('does not unfold an alias bomb', () => {
    const layers = Array.from({ length: 9 }, (_, layer) => {
      const inside = layer === 0 ? 'lol' : `*a${layer - 1}`
      return `a${layer}: &a${layer} [${Array.from({ length: 9 }, () => inside).join(', ')}]`
    })
    expect(read(layers.join('\n'))).toEqual([
      '2:10 yaml-syntax: The aliases of this file, which begin here, stand for too much.',
    ])
  })

  it('refuses lists that stand 10,000 deep in one another', () => {
    expect(read('['.repeat(10_000) + ']'.repeat(10_000))).toEqual([
      expect.stringContaining('yaml-syntax: Lists or mappings stand too deep in one another.'),
    ])
  })
})
