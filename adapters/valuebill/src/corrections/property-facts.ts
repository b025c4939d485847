import { publishedSchema, voaBar } from '../rule-source.ts'
import type { CorrectionRule } from './correction.ts'
import { editProperties } from './edit-properties.ts'

/** VBcommon-v3-1d.xsd, BandType. */
const bands = /^[A-I]$/

/**
 * Council tax 13: a band that is none of A to I is not sent. One with white space around it is a band, and is sent without.
 * A rateable value is no band: it stays. (The service drops it too.)
 */
export const dropUnknownBand: CorrectionRule = {
  name: 'known-bands-only',
  source: `${voaBar('RulesCorrectionEngine', 'RemovingInvalidTaxBand')}; ${publishedSchema('VBcommon', 'BandType')}`,
  correct: (report) =>
    editProperties(report, (property) => {
      const { CurrentTax: tax, ...rest } = property
      const before = tax?.CouncilTaxBand
      if (before === undefined || bands.test(before)) return null
      const band = before.trim()
      const path = 'CurrentTax/CouncilTaxBand'
      return bands.test(band)
        ? {
            property: { ...property, CurrentTax: { ...tax, CouncilTaxBand: band } },
            changes: [{ path, before, after: band }],
          }
        : { property: rest, changes: [{ path, before }] }
    }),
}

/**
 * Council tax 14: a property description with a text of one character or none is not sent. Description codes beside such
 * a text are: then the text alone goes. (The service drops them with it.)
 */
export const dropShortDescription: CorrectionRule = {
  name: 'no-empty-description',
  source: voaBar('RulesCorrectionEngine', 'PropertyDescriptionTextRemoval'),
  correct: (report) =>
    editProperties(report, (property) => {
      const { PropertyDescription: description, ...rest } = property
      const before = description?.PropertyDescriptionText
      if (before === undefined || before.length > 1) return null
      const changes = [{ path: 'PropertyDescription/PropertyDescriptionText', before }]
      const { PropertyDescriptionText: _, ...codes } = description ?? {}
      const hasCode = codes.PrimaryDescriptionCode !== undefined || codes.SecondaryDescriptionCode !== undefined
      return { property: hasCode ? { ...rest, PropertyDescription: codes } : rest, changes }
    }),
}
