import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { RecordValues } from './record-field.ts'
import { recordFormat } from './record-format.ts'
import { type RecordLayout, recordEncodings } from './record-layout.ts'

const inWindows1252 = [...'aZ9 ,;\'"=-|\té€Žÿ’']
const anywhere = [...inWindows1252, 'Ŵ', '𝄞', '漢']
const day = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })

function characters(encoding: RecordLayout['encoding']) {
  const allowed =
    encoding === 'iso-8859-1' ? [...'aZ9 ,;\'"éÿ'] : encoding === 'windows-1252' ? inWindows1252 : anywhere
  return fc.constantFrom(...allowed)
}

function recordsOf(encoding: RecordLayout['encoding'], isFixed: boolean) {
  const unit = isFixed ? characters(encoding) : fc.oneof(characters(encoding), fc.constantFrom('\n', '\r\n', '\r'))
  const text = fc
    .string({ unit, minLength: 1, maxLength: 12 })
    .filter((each) => !isFixed || (!each.endsWith(' ') && !/^\t+$/.test(each)))
  return fc.array(
    fc.record(
      {
        text,
        number: fc.integer({ min: -99_999, max: 99_999 }),
        money: fc
          .integer({ min: -99_999, max: 99_999 })
          .map((pence) => (pence / 100).toFixed(2).replace('-0.00', '0.00')),
        day: day.map((date) => date.toISOString().slice(0, 10)),
        state: fc.constantFrom('active', 'gone'),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 8 },
  )
}

const layouts = fc
  .record({
    format: fc.constantFrom('csv' as const, 'fixed-width' as const),
    encoding: fc.constantFrom(...recordEncodings),
    byteOrderMark: fc.constantFrom('accepted' as const, 'required' as const),
    lineEnd: fc.constantFrom('crlf' as const, 'lf' as const),
    delimiter: fc.constantFrom(',', ';', '|', '\t'),
    quote: fc.constantFrom('"' as const, "'" as const),
    quoteAll: fc.boolean(),
    header: fc.boolean(),
    point: fc.constantFrom('.' as const, ',' as const, 'none' as const),
    pad: fc.constantFrom('0', ' '),
    isMarked: fc.boolean(),
  })
  .map(({ point, pad, isMarked, ...settings }): RecordLayout => {
    const isFixed = settings.format === 'fixed-width'
    const place = (width: number, padding = ' ') => (isFixed ? { width, pad: padding } : {})
    const marker = {
      fields: [
        { name: 'kind', const: 'T', ...place(1) },
        { name: 'count', type: 'integer' as const, count: true, ...place(5, '0') },
      ],
    }
    const byteOrderMark = settings.encoding.startsWith('utf') ? settings.byteOrderMark : 'accepted'
    return {
      ...settings,
      byteOrderMark,
      fields: [
        { name: 'text', ...(isFixed ? {} : { multiline: true }), ...place(12) },
        { name: 'number', type: 'integer', ...place(7, pad) },
        { name: 'money', type: 'decimal', decimalPoint: point, ...place(9, pad) },
        { name: 'day', type: 'date', format: 'DD/MM/YYYY', ...place(10) },
        { name: 'state', type: 'code', codes: { A: 'active', G: 'gone' }, ...place(1) },
      ],
      ...(isMarked && { firstRecord: marker, lastRecord: marker }),
    }
  })

const cases = layouts.chain((layout) =>
  recordsOf(layout.encoding, layout.format === 'fixed-width').map((records) => ({ layout, records })),
)

async function valuesIn(layout: RecordLayout, bytes: Uint8Array): Promise<readonly RecordValues[]> {
  const items = await Array.fromAsync(recordFormat(layout).records(bytes))
  expect(items.flatMap(({ problems }) => problems)).toEqual([])
  return items.map(({ value }) => value ?? {})
}

it('what is written in any layout is read as it was, and written again as the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ layout, records }) => {
      const bytes = recordFormat(layout).writeAll(records)
      const read = await valuesIn(layout, bytes)
      expect(read).toEqual(records)
      expect(recordFormat(layout).writeAll(read)).toEqual(bytes)
    }),
    { numRuns: 1000 },
  )
})

it('what is written as CSV has the cells that csv-parse sees', async () => {
  const layout: RecordLayout = {
    format: 'csv',
    header: false,
    fields: ['a', 'b'].map((name) => ({ name, multiline: true })),
  }
  const text = fc.string({ unit: characters('utf-8') })
  await fc.assert(
    fc.property(fc.array(fc.record({ a: text, b: text }), { maxLength: 8 }), (records) => {
      const written = Buffer.from(recordFormat(layout).writeAll(records)).toString()
      expect(parse(written)).toEqual(records.map(({ a, b }) => [a, b]))
    }),
  )
})
