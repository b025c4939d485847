import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineCounter } from './line-counter.ts'

describe('LineCounter', () => {
  it('counts \\n, \\r\\n and \\r as one line end each, however the text is cut', () => {
    const pieces = fc.array(fc.string({ unit: fc.constantFrom('\r', '\n', 'a', 'b') }), { maxLength: 8 })
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(40)), (texts, offsets) => {
        const all = texts.join('')
        const counter = new LineCounter()
        for (const text of texts) counter.push(text)
        for (const offset of offsets.filter((each) => each <= all.length).sort((a, b) => a - b)) {
          // Between \r and \n there is no place to tell of.
          if (all[offset] === '\n' && all[offset - 1] === '\r') continue
          const lines = all.slice(0, offset).split(/\r\n|\r|\n/)
          expect(counter.placeOf(offset)).toEqual({ line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 })
        }
      }),
      { numRuns: 1000 },
    )
  })
})
