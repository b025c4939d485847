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
import { readReport } from './read-report.ts'
import { recordsOf } from './testing/read-records.ts'
import { toCanonical } from './to-canonical.ts'
import { reportElement } from './write-report.ts'

const submission: ReportSubmission = {
  fileName: 'march.xml',
  digest: '0'.repeat(64),
  index: 0,
  billingAuthority: 'Borough of Sallowmere',
  billingAuthorityIdentityCode: '9999',
}
const samples = join(import.meta.dirname, '../../../../shared/data/valuebill/samples')
const canonicalReport = Compile(billingAuthorityReportSchema)

describe('XML to canonical and back keeps every fact', () => {
  it('of generated reports, and what is between is canonical', async () => {
    const property = fc.asyncProperty(arbitrarySubmission, async (root) => {
      for (const element of await recordsOf(new TextEncoder().encode(writeXml(root)))) keepsEveryFact(element)
    })
    await fc.assert(property, { numRuns: 300 })
  })

  const names = existsSync(samples)
    ? readdirSync(samples).filter((name) => name !== 'NotWellFormatted.xml' && name !== 'BEXLEY_UNEDITED.xml')
    : []
  it.skipIf(names.length === 0).for(names.length === 0 ? ['any sample'] : names)(
    'of %s [needs shared data]',
    async (name) => {
      const records = await recordsOf(readFileSync(join(samples, name)))
      expect(records.length).toBeGreaterThan(0)
      for (const element of records) keepsEveryFact(element)
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

/** Names, attributes and texts; places are not facts. */
function factsOf({ namespace, name, attributes, text, children }: XmlElement): unknown {
  const sorted = attributes.map((attribute) => `${attribute.name}=${attribute.value}`).sort()
  return [`{${namespace}}${name}`, sorted, text, children.map(factsOf)]
}
