import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arbitrarySubmission } from '../../../../test/support/valuebill-arbitrary.ts'
import { writeXml } from '../../../../test/support/xml-tree.ts'
import { readReport } from '../read-report.ts'
import { checkReport } from '../rules/check-report.ts'
import { openSchema, type Schema } from '../schema.ts'
import { recordsOf } from '../testing/read-records.ts'
import type { BApropertyReport } from '../vendor-types.ts'
import { correctReport } from './correct-report.ts'

let schema: Schema
beforeAll(async () => {
  schema = await openSchema()
})
afterAll(() => schema[Symbol.dispose]())

const eachReport = (promise: (report: BApropertyReport) => void) =>
  fc.assert(
    fc.asyncProperty(arbitrarySubmission, async (root) => {
      for (const element of await recordsOf(new TextEncoder().encode(writeXml(root)))) promise(readReport(element).node)
    }),
    { numRuns: 300 },
  )

describe.each([true, false])('where the service corrects too: %s', (serviceCorrects) => {
  it('a report that the schema takes is taken still when it is corrected, or has letters that the VOA does not take', async () => {
    await eachReport((arrived) => {
      const { report } = correctReport(arrived, serviceCorrects)
      if (checkReport(report, { corrects: serviceCorrects }).length > 0) return
      const problems = (schema.checkReports([report])[0] ?? []).filter(
        ({ sentence }) => !sentence.startsWith('AddressLine has the character'),
      )
      expect(problems).toEqual([])
    })
  })

  it('a second pass changes nothing', async () => {
    await eachReport((arrived) => {
      const { report } = correctReport(arrived, serviceCorrects)
      expect(correctReport(report, serviceCorrects)).toEqual({ report, corrections: [] })
    })
  })
})
