import { postcode } from '@portreeve/model'
import { longestRemarks } from '../corrections/append-proposed-address.ts'
import { propertyPath, type Side } from '../corrections/edit-properties.ts'
import { voaBar } from '../rule-source.ts'
import type { AssessmentProperties, BApropertyReport } from '../vendor-types.ts'
import { type Finding, nothing, type ReportRule } from './finding.ts'

/** Every postcode of a text address; the service tells the first one only. An empty one is a schema error, not this one. */
export const textAddressPostcodes = postcodes(
  'TextAddressPostcodeValidation',
  'PropertyIdentity/TextAddress/Postcode',
  (property) => property.PropertyIdentity?.TextAddress?.Postcode,
)

/** Every postcode of an occupier's contact address. */
export const contactAddressPostcodes = postcodes(
  'OccupierContactAddressesPostcodeValidation',
  'OccupierContact/ContactAddress/PostCode',
  (property) => property.OccupierContact?.ContactAddress?.PostCode,
)

/** Remarks of two characters at least. The corrections fill missing ones. */
export const remarksNotEmpty: ReportRule = {
  name: 'RemarksValidationNotEmpty',
  source: voaBar('RulesValidationEngine', 'RemarksValidation'),
  check({ Remarks: value = '' }) {
    if (value.length > 1) return nothing
    const sentence = 'The remarks must be at least two characters long: say what the VOA should know.'
    return [{ code: 'RemarksValidationNotEmpty', rule: 'RemarksValidationNotEmpty', path: 'Remarks', value, sentence }]
  },
}

export const remarksNotTooLong: ReportRule = {
  name: 'RemarksValidationTooLong',
  source: voaBar('RulesValidationEngine', 'RemarksValidation'),
  check({ Remarks: value = '' }) {
    if (value.length <= longestRemarks) return nothing
    const sentence = `The remarks are ${value.length} characters long: shorten them to ${longestRemarks}.`
    return [{ code: 'RemarksValidationTooLong', rule: 'RemarksValidationTooLong', path: 'Remarks', value, sentence }]
  },
}

const longestPlanReference = 25

export const planReferenceNotTooLong: ReportRule = {
  name: 'PropertyPlanReferenceNumberValidation',
  source: voaBar('RulesValidationEngine', 'PropertyPlanReferenceNumberValidation'),
  check({ PropertyPlanReferenceNumber: value = '' }) {
    if (value.length <= longestPlanReference) return nothing
    const name = 'PropertyPlanReferenceNumberValidation'
    const sentence = `The plan reference is ${value.length} characters long: shorten it to ${longestPlanReference}.`
    return [{ code: name, rule: name, path: 'PropertyPlanReferenceNumber', value, sentence }]
  },
}

function postcodes(name: string, path: string, of: (property: AssessmentProperties) => string | undefined): ReportRule {
  const findIn = (report: BApropertyReport, side: Side, found: Finding[]) => {
    for (const [index, property] of (report[side]?.AssessmentProperties ?? []).entries()) {
      const value = of(property)
      if (value === undefined || value === '' || postcode.is(value)) continue
      const sentence = 'This is no postcode: write it as in AB1 2CD, or leave it out.'
      found.push({ code: name, rule: name, path: `${propertyPath(side, index)}/${path}`, value, sentence })
    }
  }
  return {
    name,
    source: voaBar('RulesValidationEngine', name),
    check(report) {
      const found: Finding[] = []
      findIn(report, 'ExistingEntries', found)
      findIn(report, 'ProposedEntries', found)
      return found
    },
  }
}
