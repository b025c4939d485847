import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from './rules.ts'

const titles = globSync('{rules,corrections}/*.test.ts', { cwd: import.meta.dirname }).flatMap((file) =>
  titlesIn(readFileSync(join(import.meta.dirname, file), 'utf8')),
)

/** Rules that differ: one that both taxes share has one source. */
const distinct = [...new Map(rules.map((rule) => [`${rule.name} ${rule.source}`, rule])).values()]
const names = [...new Set(rules.map(({ name }) => name))]

describe('every rule', () => {
  it('is listed in the order of the steps', () => {
    expect([...new Set(rules.map(({ step }) => step))]).toEqual([
      'header',
      'council tax, correction',
      'council tax',
      'business rates, correction',
      'business rates',
      'council tax, with serviceCorrects',
      'neither tax or both',
      'warning',
    ])
  })

  it.each(distinct)('has a source, with its place: $name, $source', ({ source }) => {
    for (const place of source.split('; ')) {
      expect(place).toMatch(/^(hmrc\/voa-bar, (\w+\.scala|before f3fb738)|\w+-v3-1d\.xsd): \w/)
    }
  })

  it.each(names)('has a test of its own: %s', (name) => {
    const named = titles.filter((title) => title.endsWith(`: ${name}`) || title.includes(`(${name})`))
    expect(named.length).toBeGreaterThanOrEqual(distinct.filter((rule) => rule.name === name).length)
  })
})

/** The titles of its tests: texts before a function. */
function titlesIn(text: string): readonly string[] {
  return [...text.matchAll(/\(\s*(['"`])((?:(?!\1).)*)\1,\s*(?:async )?\(/g)].map((found) => found[2] ?? '')
}
