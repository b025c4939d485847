import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SourceRefused } from '../source-refused.ts'
import { ValueRefused } from '../value-refused.ts'
import { recordFormat } from './record-format.ts'
import type { RecordLayout } from './record-layout.ts'

const electors: RecordLayout = {
  format: 'csv',
  fields: [
    { name: 'id', heading: 'ID', required: true, maxLength: 8 },
    { name: 'name', heading: 'NAME', multiline: true },
    { name: 'born', heading: 'BORN', type: 'date', format: 'DD/MM/YYYY' },
    { name: 'rate', heading: 'RATE', type: 'decimal' },
    { name: 'votes', heading: 'VOTES', type: 'integer' },
    { name: 'state', heading: 'STATE', type: 'code', codes: { A: 'active', D: 'deleted' } },
  ],
}

async function itemsOf(layout: RecordLayout, source: string | Uint8Array) {
  return await Array.fromAsync(recordFormat(layout).records(Buffer.from(source)))
}

async function refusalOf(layout: RecordLayout, source: string | Uint8Array) {
  const failure = await recordFormat(layout)
    .check(Buffer.from(source))
    .catch((error: unknown) => error)
  if (failure instanceof SourceRefused) return failure.problem
  throw new Error(`not refused: ${String(failure)}`)
}

const csv = (...lines: readonly string[]) => `${['ID,NAME,BORN,RATE,VOTES,STATE', ...lines].join('\r\n')}\r\n`

describe('CSV', () => {
  it('is read into values by the names of fields, with the line of each record', async () => {
    const read = await itemsOf(electors, csv('1,"Ann\r\n""O\'Hara"", x",31/01/1980,12.5,-007,A', '', '2,,,,,'))
    expect(read).toEqual([
      {
        index: 0,
        line: 2,
        value: { id: '1', name: 'Ann\r\n"O\'Hara", x', born: '1980-01-31', rate: '12.50', votes: -7, state: 'active' },
        problems: [],
      },
      { index: 1, line: 5, value: { id: '2' }, problems: [] },
    ])
  })

  it('tells of each broken cell by line, column, field, rule and sentence, and goes on', async () => {
    const read = await itemsOf(electors, csv('1,"x\ny",30/02/1980,1.234,1e3,Z', ',,,,,', '3,,,,,'))
    expect(
      read.map(({ problems }) => problems.map(({ line, column, path, rule }) => [line, column, path, rule])),
    ).toEqual([
      [
        [3, 4, '/record[1]/born', 'date DD/MM/YYYY'],
        [3, 15, '/record[1]/rate', 'decimal 2'],
        [3, 21, '/record[1]/votes', 'type integer'],
        [3, 25, '/record[1]/state', 'codes'],
      ],
      [[4, 1, '/record[2]/id', 'required']],
      [],
    ])
    expect(read[0]?.problems[3]).toMatchObject({
      code: 'PRV_FORMATS_SCHEMA',
      value: 'Z',
      sentence: 'STATE must be one of A, D. Choose one.',
    })
  })

  it.each([
    ['too few cells', '1,x', 1, '6 cells'],
    ['too many cells', '1,x,,,,,', 1, '6 cells'],
    ['a quote inside a cell', '1,5" pipe,,,,', 4, 'quotes stand around a cell'],
    ['text behind a closing quote', '1,"a"b,,,,', 6, 'quotes stand around a cell'],
    ['a quote that is never closed', '1,"a,,,,', 3, 'quotes are closed'],
  ])('refuses a record with %s, and takes the next line', async (_what, bad, column, rule) => {
    const [first, ...others] = await itemsOf(electors, csv(bad, '2,,,,,', '3,,,,,'))
    expect(first?.problems).toMatchObject([{ code: 'PRV_FORMATS_NOT_WELL_FORMED', line: 2, column, rule }])
    expect(others.map(({ value }) => value)).toEqual([{ id: '2' }, { id: '3' }])
  })

  it('refuses what is no text: NUL, bytes of another encoding', async () => {
    const bytes = Buffer.concat([Buffer.from(csv('1,a\0b,,,,', '2,é,,,,')), Buffer.from('3,é,,,,\n4,,,,,', 'latin1')])
    const read = await itemsOf(electors, bytes)
    expect(read.map(({ problems }) => problems.map(({ code, rule }) => [code, rule]))).toEqual([
      [['PRV_FORMATS_CHARACTER', 'no control characters']],
      [],
      [['PRV_FORMATS_ENCODING', 'characters of the encoding']],
      [],
    ])
  })

  it.each([
    ['lacks a column', 'ID,NAME,BORN,RATE,VOTES\n', 'column names'],
    ['has a column twice', 'ID,ID,NAME,BORN,RATE,VOTES,STATE\n', 'columns once'],
    ['has a column that nobody knows', 'ID,NAME,BORN,RATE,VOTES,STATE,X\n', 'known columns'],
    ['is empty', '', 'column names'],
  ])('refuses a file that %s', async (_what, source, rule) => {
    expect(await refusalOf(electors, source)).toMatchObject({ code: 'PRV_FORMATS_STRUCTURE', rule })
  })

  it('takes columns in any order, and passes over others where the layout says so', async () => {
    const layout: RecordLayout = { ...electors, otherColumns: 'ignored' }
    const [read] = await itemsOf(layout, 'STATE,X,NAME,ID,BORN,RATE,VOTES\nD,?,Ann,1,,,\n')
    expect(read?.value).toEqual({ id: '1', name: 'Ann', state: 'deleted' })
  })
})

describe('writing', () => {
  it('tells of each value that does not fit, without the value, and writes nothing', () => {
    const format = recordFormat({ ...electors, encoding: 'windows-1252' })
    const values = { id: 'SECRET-SECRET', name: 'Ŵen', born: '2026-02-30', rate: '1.234', votes: 0.5, state: 'gone' }
    const problems = format.problemsOf({ ...values, colour: 'green' })
    expect(problems.map(({ path, rule }) => [path, rule])).toEqual([
      ['/colour', 'known fields'],
      ['/id', 'maxLength 8'],
      ['/name', 'characters of windows-1252'],
      ['/born', 'date YYYY-MM-DD'],
      ['/rate', 'decimal 2'],
      ['/votes', 'type integer'],
      ['/state', 'codes'],
    ])
    expect(JSON.stringify(problems)).not.toMatch(/SECRET|Ŵen|02-30|1\.234|gone|green/)
    expect(() => format.writeAll([{ id: '1' }, values])).toThrow(ValueRefused)
  })

  it('leaves formulas as they are unless it is told to put an apostrophe before them', () => {
    const values = { id: '=1+1', name: '-x', rate: '-1.00' }
    const lineOf = (layout: RecordLayout) => Buffer.from(recordFormat(layout).write(values)).toString().split('\r\n')[1]
    expect(lineOf(electors)).toBe('=1+1,-x,,-1.00,,')
    expect(lineOf({ ...electors, neutraliseFormulas: true })).toBe("'=1+1,'-x,,-1.00,,")
  })
})

describe('hostile input', () => {
  const one: RecordLayout = { format: 'csv', header: false, fields: [{ name: 'a' }, { name: 'b' }] }

  it('reads 50 MB behind an unclosed quote in bounded memory, and every line but the one at fault', async () => {
    const lines = Buffer.from('1234567890123456789,123456789012345678901234567890\n'.repeat(20_000))
    async function* source() {
      yield Buffer.from('"open,1\n')
      for (let at = 0; at < 50; at += 1) yield lines
    }
    let refused = 0
    let read = 0
    let most = 0
    for await (const { value } of recordFormat(one).records(source())) {
      if (value) read += 1
      else refused += 1
      if (read % 100_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed)
    }
    expect([refused, read]).toEqual([1, 1_000_000])
    expect(most).toBeLessThan(400_000_000)
  })

  it.each([
    ['quotes', '"'],
    ['letters', 'x'],
    ['delimiters', ','],
    ['NULs', '\0'],
  ])('passes over a line of 20 MB of %s', async (_what, character) => {
    const line = Buffer.alloc(1_000_000, character)
    async function* source() {
      for (let at = 0; at < 20; at += 1) yield line
      yield Buffer.from('\n1,2\n')
    }
    const read = await Array.fromAsync(recordFormat(one).records(source()))
    expect(read.map(({ line, problems }) => [line, problems.length])).toEqual([
      [1, 1],
      [2, 0],
    ])
  })

  it('says the same of any text, however it is cut', async () => {
    const format = recordFormat(one, { maxRecordCharacters: 12 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('"', '""', ',', '\n', '\r\n', '\r', 'a', 'bcd', '\0', 'é', '𝄞'), { maxLength: 60 }),
        async (parts) => {
          const bytes = Buffer.from(parts.join(''))
          const whole = await Array.fromAsync(format.records(bytes))
          const lines = whole.map(({ line }) => line)
          expect(lines).toEqual(lines.toSorted((a, b) => a - b))
          async function* pieces() {
            for (const byte of bytes) yield Uint8Array.of(byte)
          }
          expect(await Array.fromAsync(format.records(pieces()))).toEqual(whole)
        },
      ),
      { numRuns: 300 },
    )
  })
})
