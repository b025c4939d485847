import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parseRecordLayout, readRecordLayout } from './read-record-layout.ts'
import { recordFormat } from './record-format.ts'

const field = (more: object) => ({ format: 'csv', fields: [{ name: 'a', ...more }] })
const fixed = (more: object) => ({ format: 'fixed-width', fields: [{ name: 'a', width: 3 }], ...more })

describe('a layout', () => {
  it.each([
    ['an unknown key', { format: 'csv', colour: 'green', fields: [{ name: 'a' }] }, '/colour'],
    ['no fields', { format: 'csv' }, '/fields'],
    ['an unknown type', field({ type: 'number' }), '/fields/0/type'],
    ['a delimiter of two characters', { ...field({}), delimiter: '||' }, '/delimiter'],
    ['a letter for a delimiter', { ...field({}), delimiter: 'a' }, '/delimiter'],
    ['a delimiter that is the quote', { ...field({}), delimiter: "'", quote: "'" }, '/delimiter'],
    [
      'two fields of one name',
      { format: 'csv', fields: [{ name: 'a' }, { name: 'a', heading: 'B' }] },
      '/fields/1/name',
    ],
    [
      'two columns of one heading',
      { format: 'csv', fields: [{ name: 'a' }, { name: 'b', heading: 'a' }] },
      '/fields/1',
    ],
    ['fixed width without a width', { format: 'fixed-width', fields: [{ name: 'a' }] }, '/fields/0'],
    ['CSV with a width', field({ width: 3 }), '/fields/0'],
    ['line ends in fixed width', fixed({ fields: [{ name: 'a', width: 3, multiline: true }] }), '/fields/0'],
    ['a date without a year', field({ type: 'date', format: 'DD/MM' }), '/fields/0'],
    ['a date with two years', field({ type: 'date', format: 'YYYY YYYY-MM-DD' }), '/fields/0'],
    ['a format for what is no date', field({ format: 'DD/MM/YYYY' }), '/fields/0'],
    ['a code without codes', field({ type: 'code' }), '/fields/0'],
    ['codes of which two mean the same', field({ type: 'code', codes: { A: 'x', B: 'x' } }), '/fields/0'],
    ['a pattern that is none', field({ pattern: '(' }), '/fields/0'],
    ['a count between the records', field({ type: 'integer', count: true }), '/fields/0'],
    [
      'a trailer that nobody could write',
      fixed({ lastRecord: { fields: [{ name: 'b', width: 1 }] } }),
      '/lastRecord/fields/0',
    ],
  ])('is refused for %s, and the place is told', (_what, layout, pointer) => {
    const { faults } = parseRecordLayout(layout)
    expect(faults.map((fault) => fault.pointer)).toEqual([pointer])
    for (const { sentence } of faults) expect(sentence).toMatch(/^[A-Z].*\.$/)
  })

  it('that cannot be used is told of before anything is read', () => {
    expect(() => recordFormat({ format: 'fixed-width', fields: [{ name: 'a' }] })).toThrow('/fields/0')
  })
})

describe('a file of a layout', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-layouts-'))
  afterAll(() => rm(folder, { recursive: true }))
  const file = join(folder, 'layout.yaml')

  it('is read as YAML or JSON', async () => {
    await writeFile(file, 'format: csv\nfields:\n  - name: a\n')
    expect(await readRecordLayout(file)).toEqual({ format: 'csv', fields: [{ name: 'a' }] })
    await writeFile(file, '{"format":"csv","fields":[{"name":"a"}]}')
    expect(await readRecordLayout(file)).toEqual({ format: 'csv', fields: [{ name: 'a' }] })
  })

  it.each([
    ['no YAML', 'fields: ['],
    ['no layout', 'fields: 1\n'],
    ['a bomb of aliases', 'a: &a [1,1]\nfields: [*a, *a]\n'],
    ['not there', null],
  ])('is refused with its reason when it is %s', async (_what, text) => {
    if (text === null) await rm(file, { force: true })
    else await writeFile(file, text)
    await expect(readRecordLayout(file)).rejects.toMatchObject({
      code: 'PRV_FORMATS_LAYOUT_UNUSABLE',
      details: { file },
    })
  })
})
