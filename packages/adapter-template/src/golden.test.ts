import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { toRecord } from './from-canonical.ts'

const folder = join(import.meta.dirname, '../golden')

it.each(readdirSync(folder))('%s', (name) => {
  expect(readFileSync(join(folder, name, 'case.md'), 'utf8')).toMatch(/^[A-Z].*\.\n$/)
  const file = join(folder, name, 'expected.json')
  const record = toRecord(JSON.parse(readFileSync(join(folder, name, 'input.json'), 'utf8')), 'message-1')
  const expected = `${JSON.stringify(record, null, 2)}\n`
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, expected)
  else expect(expected).toBe(readFileSync(file, 'utf8'))
})
