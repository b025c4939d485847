import { expect, it } from 'vitest'
import { judgeRecords } from './judge-report.ts'
import { openService } from './service.ts'
import { documentOf, recordsOf } from './testing/read-records.ts'

const inside =
  '<PropertyIdentity><TextAddress><AddressLine>7 QUAY LANE</AddressLine><AddressLine>SALLOWMERE</AddressLine><Postcode>ZZ9 9</Postcode></TextAddress><BAreference>REF7</BAreference></PropertyIdentity>'
const property = `<AssessmentProperties>${inside}</AssessmentProperties>`

async function problemsOf(properties: string) {
  using service = await openService()
  const report = `<DateSent>2026-03-02</DateSent><TransactionIdentityBA>T1</TransactionIdentityBA><BAidentityNumber>9999</BAidentityNumber><BAreportNumber>1</BAreportNumber><TypeOfTax><CtaxReasonForReport><ReasonForReportCode>CR05</ReasonForReportCode></CtaxReasonForReport></TypeOfTax><ExistingEntries>${properties}</ExistingEntries><IndicatedDateOfChange>2026-02-01</IndicatedDateOfChange><Remarks>SPLIT</Remarks>`
  const [element] = await recordsOf(documentOf(report))
  if (!element) throw new TypeError('there is one report')
  return judgeRecords([{ element, index: 0 }], service)[0]?.problems
}

it('tells once what is wrong with a property, though corrections copy it to the other side', async () => {
  expect(await problemsOf(property)).toMatchObject([{ code: 'TextAddressPostcodeValidation', value: 'ZZ9 9' }])
})

it('tells the same fault of two properties twice', async () => {
  const problems = await problemsOf(`${property}\n${property}`)
  expect(problems?.map(({ code }) => code)).toEqual(['TextAddressPostcodeValidation', 'TextAddressPostcodeValidation'])
  expect(problems?.[0]?.line).not.toBe(problems?.[1]?.line)
})
