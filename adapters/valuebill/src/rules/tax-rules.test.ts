import { expect, it } from 'vitest'
import { businessRatesReport, councilTaxReport } from '../testing/example-report.ts'
import { businessRatesCode, councilTaxCodeInUse, oneTypeOfTax } from './tax-rules.ts'

it('a report is about one tax, 1021: OneTypeOfTax', () => {
  const both = { CtaxReasonForReport: {}, NNDRreasonForReport: {} }
  expect(oneTypeOfTax.check(councilTaxReport('CR01', { TypeOfTax: both }))).toMatchObject([{ code: '1021' }])
  expect(oneTypeOfTax.check(councilTaxReport('CR01', { TypeOfTax: {} }))).toMatchObject([{ path: 'TypeOfTax' }])
  const { TypeOfTax: _, ...none } = councilTaxReport('CR01')
  expect(oneTypeOfTax.check(none)).toMatchObject([{ code: '1021', path: '' }])
  expect(oneTypeOfTax.check(councilTaxReport('CR01'))).toEqual([])
})

it.each(['CR08', 'CR11', 'CR13'])('%s is not in use, 1006: Cr08InvalidCodeValidation', (code) => {
  const rule = `Cr${code.slice(2)}InvalidCodeValidation`
  expect(councilTaxCodeInUse.check(councilTaxReport(code))).toMatchObject([{ code: '1006', rule, value: code }])
})

it.each(['CR01', 'CR07', 'CR12', 'CR15', 'CR16'])('%s is in use', (code) => {
  expect(councilTaxCodeInUse.check(councilTaxReport(code))).toEqual([])
})

it.each(['1', '00', '20', 'CR01', '001'])('%j is no business rates code: InvalidNdrCode', (code) => {
  expect(businessRatesCode.check(businessRatesReport(code))).toMatchObject([{ code: 'InvalidNdrCode', value: code }])
})

it('a business rates report without a code is told so', () => {
  expect(businessRatesCode.check(businessRatesReport(''))).toMatchObject([{ code: 'NoNDRCode' }])
})

it.each(['01', '09', '10', '19', ' 11 '])('%j is a business rates code', (code) => {
  expect(businessRatesCode.check(businessRatesReport(code))).toEqual([])
})
