import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import electoral from '@portreeve/adapter-electoral'
import { validateConfig } from '@portreeve/adapter-sdk'
import { parseRecordLayout, type RecordValues, recordFormat } from '@portreeve/formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from '../support/source-files.ts'
import { fencesOf } from './fences.ts'

const page = 'docs/how-to/declare-a-record-layout.md'
const text = readFileSync(join(root, page), 'utf8')
const texts = (language: string) => fencesOf(text, language).map((fence) => fence.text)
const layouts = texts('yml').filter((yaml) => yaml.startsWith('# layouts/'))
const files = [...texts('csv'), ...texts('text')]
const values = texts('json').map((json): RecordValues[] => JSON.parse(json))
const examples = layouts.map((yaml, index) => ({
  name: yaml.split('\n')[0] ?? '',
  layout: parse(yaml),
  file: files[index] ?? '',
  values: values[index] ?? [],
}))

function formatOf(layout: unknown) {
  const parsed = parseRecordLayout(layout)
  expect(parsed.faults).toEqual([])
  if (!('layout' in parsed)) throw new Error('no layout')
  return { format: recordFormat(parsed.layout), encoding: parsed.layout.encoding ?? 'utf-8' }
}

describe(page, () => {
  it('shows two layouts, each with a file and its values', () => {
    expect([layouts.length, files.length, values.length]).toEqual([2, 2, 2])
  })

  it.each(examples)('shows what is read and written: $name', async ({ layout, file, values }) => {
    const { format, encoding } = formatOf(layout)
    const bytes = format.writeAll(values)
    expect(new TextDecoder(encoding).decode(bytes)).toBe(file.replaceAll('\n', '\r\n'))
    const items = await Array.fromAsync(format.records(bytes))
    expect(items.map(({ value }) => value)).toEqual(values)
  })

  it('shows a configuration that the adapter takes', () => {
    const [yaml = ''] = texts('yml').filter((each) => !each.startsWith('# layouts/'))
    const { adapter, ...config } = parse(yaml).electoral
    expect(adapter).toBe(electoral.name)
    expect(validateConfig(electoral, config).problems).toEqual([])
  })
})
