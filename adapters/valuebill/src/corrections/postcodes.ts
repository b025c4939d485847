import { voaBar } from '../rule-source.ts'
import type { AssessmentProperties } from '../vendor-types.ts'
import type { Change, CorrectionRule } from './correction.ts'
import { type EditedProperty, editProperties } from './edit-properties.ts'

/**
 * Council tax 10, business rates too: postcodes in upper case, white space out, one space before the last three characters;
 * left as it was when shorter than three.
 */
export const normalisePostcodes: CorrectionRule = {
  name: 'postcodes',
  source: voaBar('RulesCorrectionEngine', 'PostcodesToUppercase'),
  correct: (report) => editProperties(report, editPostcodes),
}

function editPostcodes(property: AssessmentProperties): EditedProperty | null {
  const address = property.PropertyIdentity?.TextAddress
  const contact = property.OccupierContact?.ContactAddress
  const postcode = changed(address?.Postcode)
  const contactPostcode = changed(contact?.PostCode)
  if (postcode === null && contactPostcode === null) return null

  const changes: Change[] = []
  let edited = property
  if (postcode !== null) {
    changes.push({ path: 'PropertyIdentity/TextAddress/Postcode', ...postcode })
    edited = {
      ...edited,
      PropertyIdentity: { ...edited.PropertyIdentity, TextAddress: { ...address, Postcode: postcode.after } },
    }
  }
  if (contactPostcode !== null) {
    changes.push({ path: 'OccupierContact/ContactAddress/PostCode', ...contactPostcode })
    edited = {
      ...edited,
      OccupierContact: { ...edited.OccupierContact, ContactAddress: { ...contact, PostCode: contactPostcode.after } },
    }
  }
  return { property: edited, changes }
}

function changed(before: string | undefined): { before: string; after: string } | null {
  if (before === undefined) return null
  const together = before.toUpperCase().replace(/\s+/gu, '')
  if (together.length < 3) return null
  const after = `${together.slice(0, -3)} ${together.slice(-3)}`.trimStart()
  return after === before ? null : { before, after }
}
