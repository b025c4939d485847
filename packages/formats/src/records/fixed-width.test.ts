import { describe, expect, it } from 'vitest'
import { SourceRefused } from '../source-refused.ts'
import { recordFormat } from './record-format.ts'
import type { RecordLayout, WholeLayout } from './record-layout.ts'

const fields: RecordLayout['fields'] = [
  { name: 'kind', width: 1, const: 'D' },
  { name: 'name', width: 6 },
  { name: 'account', width: 5, align: 'right', pad: '0' },
  { name: 'pence', type: 'decimal', decimalPoint: 'none', width: 7, pad: '0' },
]
const plain: RecordLayout = { format: 'fixed-width', fields }
const marked: RecordLayout = {
  ...plain,
  firstRecord: { fields: [{ name: 'kind', width: 1, const: 'H' }] },
  lastRecord: {
    fields: [
      { name: 'kind', width: 1, const: 'T' },
      { name: 'records', type: 'integer', count: true, width: 3, pad: '0' },
    ],
  },
}
const good = 'DAnn   000420001250\n'

async function itemsOf(layout: RecordLayout, source: string) {
  return await Array.fromAsync(recordFormat(layout).records(Buffer.from(source)))
}

async function refusalOf(layout: RecordLayout, source: string) {
  const failure = await recordFormat(layout)
    .check(Buffer.from(source))
    .catch((error: unknown) => error)
  if (failure instanceof SourceRefused) return failure.problem
  throw new Error(`not refused: ${String(failure)}`)
}

describe('a line of fixed width', () => {
  it('is cut by characters, without what fills its places', async () => {
    const [read, blank] = await itemsOf(plain, 'D𝄞é    00042-000005\r\nD                  \r\n')
    expect(read?.value).toEqual({ name: '𝄞é', account: '42', pence: '-0.05' })
    expect(blank?.value).toEqual({})
  })

  it('is told of when it is short, long or of another kind, and the next is read', async () => {
    const read = await itemsOf(plain, `DAnn\nXAnn   000420001250\n${good}DAnn   000420001250 \n`)
    expect(read.map(({ problems }) => problems.map(({ line, column, rule }) => [line, column, rule]))).toEqual([
      [[1, 1, '19 characters']],
      [[2, 1, 'const D']],
      [],
      [[4, 1, '19 characters']],
    ])
  })

  it('may lack blanks at its end where the layout says so', async () => {
    const [read] = await itemsOf({ ...plain, shortLines: true }, 'DAnn\n')
    expect(read?.value).toEqual({ name: 'Ann' })
  })

  it('takes no value that is too wide, or would be read as another', () => {
    const format = recordFormat(plain)
    const rulesOf = (values: Parameters<typeof format.problemsOf>[0]) =>
      format.problemsOf(values).map(({ rule }) => rule)
    expect(rulesOf({ name: 'Annabel', account: '123456', pence: '123456.78' })).toEqual([
      'width 6',
      'width 5',
      'width 7',
    ])
    expect(rulesOf({ name: 'Ann ', account: '042', pence: '1.00' })).toEqual(['padding', 'padding'])
    expect(rulesOf({ name: 'A\nB' })).toEqual(['no line ends'])
  })
})

describe('a file with a first and a last record', () => {
  it('is written and read with the count of what lies between', async () => {
    const bytes = recordFormat({ ...marked, lineEnd: 'lf' }).writeAll([{ name: 'Ann', account: '42', pence: '12.50' }])
    expect(Buffer.from(bytes).toString()).toBe(`H\n${good}T001\n`)
    expect((await itemsOf(marked, Buffer.from(bytes).toString())).map(({ line, value }) => [line, value])).toEqual([
      [2, { name: 'Ann', account: '42', pence: '12.50' }],
    ])
  })

  it.each([
    ['has no trailer', `H\n${good}`, 'last record', 2],
    ['has no header', `${good}T001\n`, 'first record', 1],
    ['is empty', '', 'first record', undefined],
    ['was cut off', `H\n${good}${good}DAn`, 'last record', 4],
    ['counts more than it has', `H\n${good}T002\n`, 'count of records', 3],
    ['counts fewer than it has', `H\n${good}${good}T001\n`, 'count of records', 4],
  ])('is refused as a whole when it %s', async (_what, source, rule, line) => {
    const problem = await refusalOf(marked, source)
    expect(problem).toMatchObject({ code: 'PRV_FORMATS_STRUCTURE', rule })
    expect(problem.line).toBe(line)
  })

  it('counts records that cannot be read, too', async () => {
    const read = await itemsOf(marked, `H\n${good}short\nT002\n`)
    expect(read.map(({ problems }) => problems.length)).toEqual([0, 1])
  })
})

describe('a byte order mark', () => {
  const words = (encoding: WholeLayout['encoding'], byteOrderMark: WholeLayout['byteOrderMark']): RecordLayout => ({
    format: 'csv',
    header: false,
    encoding,
    byteOrderMark,
    fields: [{ name: 'a' }],
  })
  const marks = { 'utf-8': '\ufeffx\n', none: 'x\n' }

  it('is taken off, and demanded or refused where the layout says so', async () => {
    expect(await itemsOf(words('utf-8', 'accepted'), marks['utf-8'])).toMatchObject([{ value: { a: 'x' } }])
    expect(await refusalOf(words('utf-8', 'refused'), marks['utf-8'])).toMatchObject({ code: 'PRV_FORMATS_ENCODING' })
    expect(await refusalOf(words('utf-8', 'required'), marks.none)).toMatchObject({ code: 'PRV_FORMATS_ENCODING' })
    expect(Buffer.from(recordFormat(words('utf-16be', 'required')).write({ a: 'x' })).toString('hex')).toBe(
      'feff0078000d000a',
    )
  })

  it('of another encoding refuses the file', async () => {
    const utf16 = Buffer.from('\ufeffx\n', 'utf16le')
    const failure = recordFormat(words('utf-8', 'accepted')).check(utf16)
    await expect(failure).rejects.toMatchObject({ problem: { code: 'PRV_FORMATS_ENCODING' } })
  })
})
