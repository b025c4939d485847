import { describe, expect, it } from 'vitest'
import { councilTaxReport } from '../testing/example-report.ts'
import { fillRemarks, trimRemarks } from './remarks.ts'

describe('white space in the remarks', () => {
  it('becomes single spaces, and goes at the ends: remarks-white-space', () => {
    const before = '\n  SPLIT\u00a0INTO\u2003\u2028 SIX \t FLATS.\r\n  '
    expect(trimRemarks.correct(councilTaxReport('CR01', { Remarks: before }))).toEqual({
      report: councilTaxReport('CR01', { Remarks: 'SPLIT INTO SIX FLATS.' }),
      changes: [{ path: 'Remarks', before, after: 'SPLIT INTO SIX FLATS.' }],
    })
  })

  it('is left where single spaces are all there is', () => {
    expect(trimRemarks.correct(councilTaxReport('CR01', { Remarks: 'SPLIT INTO SIX' }))).toBeNull()
  })
})

describe('missing remarks', () => {
  const { Remarks: _, ...none } = councilTaxReport('CR01')

  it.each([
    ['missing', none],
    ['empty', { ...none, Remarks: '' }],
  ])('when %s, are sent as NO REMARKS: no-remarks', (_, report) => {
    expect(fillRemarks.correct(report)).toEqual({
      report: { ...none, Remarks: 'NO REMARKS' },
      changes: [{ path: 'Remarks', after: 'NO REMARKS' }],
    })
  })

  it('are not made up where there are any', () => {
    expect(fillRemarks.correct(councilTaxReport('CR01'))).toBeNull()
  })
})
