import { voaBar } from '../rule-source.ts'
import type { CorrectionRule } from './correction.ts'
import { editProperties } from './edit-properties.ts'

/**
 * Rule 1 of both taxes: the BS7666 address is not sent. The canonical message keeps it. It runs after
 * `compose-text-address`, so that no property is left without an address.
 */
export const removeBs7666Address: CorrectionRule = {
  name: 'no-bs7666-address',
  source: voaBar('RulesCorrectionEngine', 'RemoveBS7666Addresses'),
  correct: (report) =>
    editProperties(report, (property) => {
      if (property.PropertyIdentity?.BS7666Address === undefined) return null
      const { BS7666Address: address, ...identity } = property.PropertyIdentity
      return {
        property: { ...property, PropertyIdentity: identity },
        changes: [{ path: 'PropertyIdentity/BS7666Address', before: address.StreetDescription ?? '' }],
      }
    }),
}

/** Rule 2 of both taxes: grid co-ordinates are not sent; the schema has them beside a BS7666 address only. */
export const removePropertyGridCoords: CorrectionRule = {
  name: 'no-grid-coordinates',
  source: voaBar('RulesCorrectionEngine', 'RemovePropertyGridCoords'),
  correct: (report) =>
    editProperties(report, (property) => {
      if (property.PropertyIdentity?.PropertyGridCoords === undefined) return null
      const { PropertyGridCoords: coords, ...identity } = property.PropertyIdentity
      return {
        property: { ...property, PropertyIdentity: identity },
        changes: [{ path: 'PropertyIdentity/PropertyGridCoords', before: `${coords.X ?? ''},${coords.Y ?? ''}` }],
      }
    }),
}
