import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { toNotice } from './from-canonical.ts'

const folder = join(import.meta.dirname, '../golden')

it.each(readdirSync(folder))('%s', (name) => {
  const report = JSON.parse(readFileSync(join(folder, name, 'input.json'), 'utf8'))
  const file = join(folder, name, 'expected.json')
  const expected = `${JSON.stringify(toNotice(report, '9R3R-L632'), null, 2)}\n`
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, expected)
  else expect(expected).toBe(readFileSync(file, 'utf8'))
})
