import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inOneSpelling } from './in-one-spelling.ts'

const spelt = (value: unknown) => Buffer.from(inOneSpelling(value)).toString()

it('gives the same bytes for the same value, whatever the order of its names', () => {
  expect(spelt({ b: [{ d: 1, c: 'é' }], a: null })).toBe('{"a":null,"b":[{"c":"é","d":1}]}')
})

it('loses nothing of any JSON value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(spelt(value))).toEqual(JSON.parse(JSON.stringify(value)))
      expect(spelt(JSON.parse(spelt(value)))).toBe(spelt(value))
    }),
  )
})

it('keeps the order of a list, and a name that objects have of themselves', () => {
  expect(spelt([2, 1])).toBe('[2,1]')
  expect(spelt(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}')
})
