import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rawRecords } from './raw-records.ts'
import { layoutDefaults, type WholeLayout } from './record-layout.ts'

const layout: WholeLayout = { ...layoutDefaults, format: 'csv', fields: [{ name: 'a' }] }

async function* pieces(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

const read = (text: string, size: number, max: number, of = layout) =>
  Array.fromAsync(rawRecords(pieces(text, size), of, max))

const texts = fc
  .array(fc.constantFrom('"', '"', '""', ',', '\n', '\r\n', '\r', 'a', 'bcd', "'"), { maxLength: 60 })
  .map((parts) => parts.join(''))

it.each(['csv', 'fixed-width'] as const)(
  'tells the same of any text of %s, whatever its pieces and limits',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 20 }),
        async (text, size, max) => {
          expect(await read(text, size, max, { ...layout, format })).toEqual(
            await read(text, 1000, max, { ...layout, format }),
          )
        },
      ),
      { numRuns: 500 },
    )
  },
)

it('tells of every line, in its record or at its fault, and of no line twice', async () => {
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 1, max: 20 }), async (text, max) => {
      const lines = (await read(text, 7, max)).map(({ line }) => line)
      expect(lines).toEqual([...new Set(lines)].toSorted((a, b) => a - b))
      expect(lines.at(-1) ?? 0).toBeLessThanOrEqual(text.split('\n').length)
    }),
  )
})

it('takes a text apart as csv-parse does, where that takes it', async () => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      let expected: string[][]
      try {
        const options = { relax_column_count: true, record_delimiter: ['\r\n', '\n'], skip_empty_lines: true }
        expected = parse(text, options)
      } catch {
        return
      }
      compared += 1
      const found = await read(text, 5, 1000)
      expect(found.map(({ fault }) => fault?.rule)).toEqual(found.map(() => undefined))
      expect(found.map(({ cells }) => cells.map((cell) => cell.text))).toEqual(expected)
    }),
    { numRuns: 1000 },
  )
  expect(compared).toBeGreaterThan(100)
})
