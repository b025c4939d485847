import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { XmlElement } from '@portreeve/formats'
import { billingAuthorityReportSchema, type ReportSubmission } from '@portreeve/model'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { arbitrarySubmission } from '../../../test/support/valuebill-arbitrary.ts'
import { writeXml } from '../../../test/support/xml-tree.ts'
import { fromCanonical } from './from-canonical.ts'
import type { RawNode, RawValue } from './raw/origin.ts'
import { reportStructure } from './raw/report-structure.ts'
import type { Structure } from './raw/structure.ts'
import { readReport } from './read-report.ts'
import { recordsOf } from './testing/read-records.ts'
import { toCanonical } from './to-canonical.ts'
import { validateDocument } from './validate-document.ts'
import type { BApropertyReport } from './vendor-types.ts'
import { reportElement } from './write-report.ts'

const submission: ReportSubmission = {
  fileName: 'march.xml',
  digest: '0'.repeat(64),
  index: 0,
  billingAuthority: 'Borough of Sallowmere',
  billingAuthorityIdentityCode: '9999',
}
const samples = join(import.meta.dirname, '../../../../shared/data/valuebill/samples')

/** Samples of which nothing goes on a round trip, why, and where each is refused. All others of the folder do. */
const refused: Readonly<Record<string, { readonly why: string; readonly at: object }>> = {
  'BEXLEY_UNEDITED.xml': {
    why: 'Its report has ExistingEntries twice, where the schema has them once: one of them would be lost.',
    at: { code: '2000', rule: 'second element', path: '/BAreports/BApropertyReport[1]/ExistingEntries[2]', line: 50 },
  },
  'NotWellFormatted.xml': {
    why: 'It is no document of reports.',
    at: { code: 'PRV_FORMATS_STRUCTURE', path: '/root', line: 2 },
  },
}

const canonicalReport = Compile(billingAuthorityReportSchema)

describe('XML to canonical and back keeps every fact', () => {
  it('of generated reports, and what is between is canonical', async () => {
    const property = fc.asyncProperty(arbitrarySubmission, async (root) => {
      for (const element of await recordsOf(new TextEncoder().encode(writeXml(root)))) keepsEveryFact(element)
    })
    await fc.assert(property, { numRuns: 300 })
  })

  it.each(['CtaxReasonForReport', 'NNDRreasonForReport'])(
    'of a report that holds every member there is, with %s',
    (reason) => {
      const otherReason = reason === 'CtaxReasonForReport' ? 'NNDRreasonForReport' : 'CtaxReasonForReport'
      const full = reportElement(fullNode(reportStructure, otherReason) as BApropertyReport)
      const { node, unexpected } = readReport(full)
      expect(unexpected).toEqual([])
      const canonical = toCanonical(node, [], submission)
      const unknownMembers = canonicalReport
        .Errors(canonical)
        .filter(({ keyword }) => keyword === 'additionalProperties')
      expect(unknownMembers).toEqual([])
      expect(factsOf(reportElement(fromCanonical(canonical)))).toEqual(factsOf(full))
    },
  )

  const inFolder = existsSync(samples) ? readdirSync(samples) : []
  const names = inFolder.filter((name) => !(name in refused))
  it.skipIf(names.length === 0).for(names.length === 0 ? ['any sample'] : names)(
    'of %s [needs shared data]',
    async (name) => {
      const records = await recordsOf(readFileSync(join(samples, name)))
      expect(records.length).toBeGreaterThan(0)
      for (const element of records) keepsEveryFact(element)
    },
  )

  it.skipIf(names.length === 0).for(Object.entries(refused))(
    'but of %s, which is refused at its place [needs shared data]',
    async ([name, { at }]) => {
      expect(inFolder).toContain(name)
      const verdicts = await Array.fromAsync(validateDocument(readFileSync(join(samples, name))))
      expect(verdicts.flatMap(({ problems }) => problems)).toMatchObject([at])
      expect(verdicts.at(-1)).toMatchObject({ sent: 0, corrected: 0 })
    },
  )
})

function keepsEveryFact(element: XmlElement): void {
  const { node, unexpected } = readReport(element)
  expect(unexpected).toEqual([])
  const canonical = toCanonical(node, [], submission)
  expect(canonicalReport.Errors(canonical)).toEqual([])
  // Through JSON, as it lies on the log.
  const back = reportElement(fromCanonical(JSON.parse(JSON.stringify(canonical))))
  expect(factsOf(back)).toEqual(factsOf(element))
}

/** Every element and attribute but `without`, twice where it may be repeated, each with a text of its own. */
function fullNode(structure: Structure<unknown>, without: string, path = ''): RawNode {
  const node: Record<string, RawValue> = {}
  for (const name of structure.attributes) node[`@${name}`] = `${path}@${name}`
  for (const { name, many, structure: inner, attributes } of structure.parts) {
    if (name === without) continue
    const here = `${path}/${name}`
    const value = (place: string) => (inner === null ? place : fullNode(inner, without, place))
    node[name] = many ? ([value(`${here}[1]`), value(`${here}[2]`)] as RawValue) : value(here)
    for (const attribute of attributes) node[`${name}@${attribute}`] = `${here}@${attribute}`
  }
  return node
}

/** Names, attributes and texts; places are not facts. */
function factsOf({ namespace, name, attributes, text, children }: XmlElement): unknown {
  const sorted = attributes.map((attribute) => `${attribute.name}=${attribute.value}`).sort()
  return [`{${namespace}}${name}`, sorted, text, children.map(factsOf)]
}
