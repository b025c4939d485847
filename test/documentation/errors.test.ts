import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CatalogueEntry, catalogue, type ErrorCode, PortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import { areaOf, placesIn } from '../../scripts/documentation/errors-page.ts'
import { errorAreas } from '../../scripts/documentation/generated-files.ts'
import { detailsGiven } from '../support/error-details.ts'
import { root, sourceFiles } from '../support/source-files.ts'

/** Codes that no source names, with the reason. */
const unused: Readonly<Record<string, string>> = {}

/** What looks like a code in the sources and is none, with the reason. */
const noCodes: Readonly<Record<string, string>> = {}

const codes = Object.keys(catalogue) as ErrorCode[]
const entries = Object.entries<CatalogueEntry>(catalogue)
const areas = errorAreas(root)
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8')
const headings = [...page.matchAll(/^### (\S+)$/gm)].map(([, code]) => code)
const sources = ['packages/*/src/**/*.ts', 'adapters/*/src/**/*.ts', 'scripts/**/*.ts', 'test/support/**/*.ts']
  .flatMap(sourceFiles)
  .filter(({ path }) => !path.endsWith('.test.ts') && !path.startsWith('packages/errors/src/areas/'))

describe('the error catalogue', () => {
  it('is on the error page, code by code, and the page holds no other', () => {
    expect([...headings].sort()).toEqual([...codes].sort())
  })

  it('names every code after the area whose file it stands in', () => {
    for (const area of areas) {
      const text = readFileSync(join(root, `packages/errors/src/areas/${area}.ts`), 'utf8')
      const inFile = [...text.matchAll(/^ {2}(\w+): \{$/gm)].map(([, code]) => code ?? '')
      expect(inFile.filter((code) => areaOf(code, areas) !== area)).toEqual([])
      expect(inFile.filter((code) => !codes.some((known) => known === code))).toEqual([])
    }
    expect(codes.filter((code) => !/^PRV(_[A-Z0-9]+){2,}$/.test(code) || areaOf(code, areas) === undefined)).toEqual([])
  })

  it('makes errors whose code is the key', () => {
    for (const code of codes) expect(new PortreeveError(code).code).toBe(code)
  })

  it.each(entries)(
    '%s says in whole sentences what happened and what to do, with a status of its own',
    (_code, entry) => {
      for (const sentence of [entry.text, entry.remedy]) {
        expect(sentence).toMatch(/^[A-Z{].*([.!?]|: \{\w+\})$/s)
        expect(sentence.replaceAll(/\{\w+\}/g, '')).not.toMatch(/[{}]/)
      }
      expect(entry.status).toBeGreaterThanOrEqual(400)
      expect(entry.status).toBeLessThanOrEqual(599)
    },
  )

  it('lists on the page the details that each sentence is filled from', () => {
    for (const [code, { text, remedy }] of entries) {
      const section = page.split(`### ${code}\n`)[1]?.split('\n#')[0] ?? ''
      for (const place of placesIn(text + remedy))
        expect(section, code).toMatch(new RegExp(`^- Details: .*\`${place}\``, 'm'))
    }
  })

  it('has every code that a source names', () => {
    const foreign = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bPRV_[A-Z0-9_]*[A-Z0-9]\b(?!_)/g)]
        .map(([code]) => code)
        .filter((code) => !codes.some((known) => known === code) && !(code in noCodes))
        .map((code) => `${path}: ${code}`),
    )
    expect(foreign).toEqual([])
  })

  it('has no code that no source raises, but those that are waived with a reason', () => {
    const raised = new Set(
      sources.flatMap(({ text }) => [...text.matchAll(/'(PRV_[A-Z0-9_]+)'/g)].map(([, code]) => code)),
    )
    expect(codes.filter((code) => !raised.has(code) && !(code in unused))).toEqual([])
    expect(Object.keys(unused).filter((code) => raised.has(code))).toEqual([])
  })

  it('leaves no place of a sentence unfilled where an error is made', () => {
    const seen: string[] = []
    const unfilled = sources.flatMap(({ path, text }) =>
      detailsGiven(text).flatMap(({ code, names }) => {
        const known = codes.find((candidate) => candidate === code)
        if (known === undefined) return []
        seen.push(code)
        const { text: sentence, remedy }: CatalogueEntry = catalogue[known]
        return placesIn(sentence + remedy)
          .filter((place) => !names.includes(place))
          .map((place) => `${path}: ${code} without {${place}}`)
      }),
    )
    expect(unfilled).toEqual([])
    expect(seen.length).toBeGreaterThan(10)
  })
})
