import { describe, expect, it } from 'vitest'
import { councilTaxReport, entries, property } from '../testing/example-report.ts'
import type { AssessmentProperties } from '../vendor-types.ts'
import { dropShortDescription, dropUnknownBand } from './property-facts.ts'

const existing = (changes: AssessmentProperties) =>
  councilTaxReport('CR01', { ExistingEntries: entries(property('7', changes)) })
const plain = councilTaxReport('CR01', { ExistingEntries: entries() })

describe('a band', () => {
  it.each(['T', 'a', '', 'SOME BAND'])('%j is not sent: known-bands-only', (band) => {
    expect(dropUnknownBand.correct(existing({ CurrentTax: { CouncilTaxBand: band } }))).toEqual({
      report: plain,
      changes: [{ path: 'ExistingEntries/AssessmentProperties[1]/CurrentTax/CouncilTaxBand', before: band }],
    })
  })

  it('with white space around it is sent without', () => {
    const corrected = dropUnknownBand.correct(existing({ CurrentTax: { CouncilTaxBand: ' I\n' } }))
    expect(corrected?.report).toEqual(existing({ CurrentTax: { CouncilTaxBand: 'I' } }))
  })

  it.each(['A', 'I'])('%s is sent', (band) => {
    expect(dropUnknownBand.correct(existing({ CurrentTax: { CouncilTaxBand: band } }))).toBeNull()
  })

  it('is not what a rateable value is: that stays', () => {
    expect(dropUnknownBand.correct(existing({ CurrentTax: { RateableValue: '100.00' } }))).toBeNull()
  })
})

describe('a property description', () => {
  it.each(['', '-'])('whose text is %j is not sent: no-empty-description', (text) => {
    expect(dropShortDescription.correct(existing({ PropertyDescription: { PropertyDescriptionText: text } }))).toEqual({
      report: plain,
      changes: [
        {
          path: 'ExistingEntries/AssessmentProperties[1]/PropertyDescription/PropertyDescriptionText',
          before: text,
        },
      ],
    })
  })

  it('keeps its codes when its text is dropped', () => {
    const description = { PrimaryDescriptionCode: 'CO', PropertyDescriptionText: '-' }
    const corrected = dropShortDescription.correct(existing({ PropertyDescription: description }))
    expect(corrected?.report).toEqual(existing({ PropertyDescription: { PrimaryDescriptionCode: 'CO' } }))
  })

  it.each([{ PropertyDescriptionText: 'HUT' }, { PrimaryDescriptionCode: 'CO' }, {}])('%j is sent', (description) => {
    expect(dropShortDescription.correct(existing({ PropertyDescription: description }))).toBeNull()
  })
})
