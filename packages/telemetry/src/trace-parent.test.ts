import { expect, it } from 'vitest'
import { newTraceParent, readTraceParent, writeTraceParent } from './trace-parent.ts'

const trace = '0af7651916cd43dd8448eb211c80319c'
const span = 'b7ad6b7169203331'

it.each([
  [`00-${trace}-${span}-01`, true],
  [`00-${trace}-${span}-00`, false],
  [`00-${trace}-${span}-03`, true],
  [`01-${trace}-${span}-01-more`, true],
])('reads %s', (text, isSampled) => {
  expect(readTraceParent(text)).toEqual({ traceId: trace, spanId: span, isSampled })
})

it.each([
  undefined,
  '',
  'Zaphod',
  `00-${trace}-${span}-01-more`,
  `ff-${trace}-${span}-01`,
  `00-${trace.toUpperCase()}-${span}-01`,
  `00-${'0'.repeat(32)}-${span}-01`,
  `00-${trace}-${'0'.repeat(16)}-01`,
  `01-${trace}-${span}-01${'-more'.repeat(100)}`,
])('reads nothing into %s', (text) => {
  expect(readTraceParent(text)).toBeNull()
})

it('writes what it reads, and makes traces that nobody records', () => {
  expect(writeTraceParent({ traceId: trace, spanId: span, isSampled: true })).toBe(`00-${trace}-${span}-01`)
  const made = newTraceParent()
  expect(readTraceParent(made)).toMatchObject({ isSampled: false })
  const many = Array.from({ length: 1000 }, newTraceParent)
  expect(new Set([made, ...many]).size).toBe(1001)
})
