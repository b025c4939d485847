import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'

const rows = readFileSync(join(root, 'docs/threat-model.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, , threat = '', against = '', tested = '']) => ({ threat, against, tested }))

describe('the threat model', () => {
  it('has rows', () => expect(rows.length).toBeGreaterThan(10))

  it.each(rows)('names tests that exist against: $threat', ({ against, tested }) => {
    if (tested === '-') return expect(against).toContain('not protected here')
    const files = tested.split(', ').map((file) => file.replace(/^`(.*)`$/, '$1'))
    expect(files.filter((file) => !/\.test\.ts$/.test(file) || !existsSync(join(root, file)))).toEqual([])
  })
})
