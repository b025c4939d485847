import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adrsOf } from '../../scripts/documentation/generated-files.ts'
import { root } from '../support/source-files.ts'

const sections = ['Context', 'Decision', 'Consequences', 'How we would notice that we were wrong']
const adrs = adrsOf(root)
const index = readFileSync(join(root, 'docs/adr/README.md'), 'utf8')

describe('architecture decisions', () => {
  it.each(adrs)('$file has a number, a title, a date and a status', ({ file, number, title, date, status }) => {
    expect(file).toMatch(/^\d{4}-[a-z0-9-]+\.md$/)
    expect(number.padStart(4, '0')).toBe(file.slice(0, 4))
    expect(title).not.toBe('')
    expect(Number.isNaN(Date.parse(date)), date).toBe(false)
    expect(status).toMatch(/^(proposed|accepted|superseded by \[?\d{4}.*|rejected)$/)
  })

  it.each(adrs)(
    '$file says why, what, what follows, and how we would notice that it was wrong',
    ({ sections: found }) => {
      expect(found.filter((title) => sections.includes(title))).toEqual(sections)
    },
  )

  it.each(adrs)('$file stands in the index', ({ file, title }) => {
    expect(index).toContain(`[${title}](${file})`)
  })

  it('have numbers that are used once', () => {
    expect(adrs.length).toBeGreaterThan(0)
    expect(new Set(adrs.map(({ number }) => number)).size).toBe(adrs.length)
  })
})
