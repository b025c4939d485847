import { publishedSchema } from '../rule-source.ts'
import type { AddressableObjectName, BS7666Address, NumberRange, TextAddress } from '../vendor-types.ts'
import type { CorrectionRule } from './correction.ts'
import { editProperties } from './edit-properties.ts'
import { singleSpaced } from './remarks.ts'

/** VBcommon-v3-1d.xsd, TextAddressStructure. */
const longestLine = 100
const mostLines = 6

/**
 * A correction of ours, before rule 1 of both taxes: where the BS7666 address is the only one, it is written out as a text
 * address. The service would remove it and then refuse the report, because the schema demands one of the two.
 */
export const composeTextAddress: CorrectionRule = {
  name: 'text-address-from-bs7666',
  source: publishedSchema('VBcommon', 'BApropertyIdentificationStructure'),
  correct: (report) =>
    editProperties(report, (property) => {
      const identity = property.PropertyIdentity
      if (identity?.BS7666Address === undefined || identity.TextAddress !== undefined) return null
      const composed = composedFrom(identity.BS7666Address)
      if (composed === null) return null
      const lines = [...(composed.AddressLine ?? []), composed.Postcode ?? ''].filter(Boolean)
      return {
        property: { ...property, PropertyIdentity: { ...identity, TextAddress: composed } },
        changes: [{ path: 'PropertyIdentity/TextAddress', after: lines.join(', ') }],
      }
    }),
}

/**
 * BS7666 on lines: secondary name, then primary name and number with the street, locality, town, post town, area, each
 * once. `null` when there is too little for the two lines that the schema demands.
 */
function composedFrom(address: BS7666Address): TextAddress | null {
  const places = [address.Locality, address.Town, address.PostTown, address.AdministrativeArea]
  const joined = [...objectLines(address), ...once(places)]
  // The schema has room for six: the area is what a postman misses least.
  const lines = joined.length < 2 ? lastResort(address, places) : joined.slice(0, mostLines)
  if (lines.length < 2) return null
  return { AddressLine: lines, ...(address.PostCode !== undefined && { Postcode: address.PostCode }) }
}

/**
 * Two lines of an address that has hardly anything in it, such as `1 HIGH STREET` with a town of one space: number and street
 * apart, or else a blank line, for the schema takes a blank in either form of address.
 */
function lastResort(
  { SAON, PAON, StreetDescription }: BS7666Address,
  places: readonly (string | undefined)[],
): string[] {
  const parts = [numbers(SAON), SAON?.Description, numbers(PAON), PAON?.Description, StreetDescription, ...places]
  const lines = parts.filter((part = '') => part !== '').map((part = '') => singleSpaced(part) || ' ')
  return [...lines.filter((line) => line !== ' '), ...lines.filter((line) => line === ' ')].slice(0, 2)
}

/** `FLAT 2`, `THE COTTAGE`, `1A-5 HIGH STREET`; a number of the secondary object stands before the primary one's line. */
function objectLines({ SAON: secondary, PAON: primary, StreetDescription: street }: BS7666Address): string[] {
  const number = [numbers(secondary), numbers(primary)].filter(Boolean).join(', ')
  const texts = once([secondary?.Description, primary?.Description])
  const name = singleSpaced(street ?? '')
  const streetLine = [number, name].filter(Boolean).join(' ')
  return [...texts, ...(streetLine.length <= longestLine ? [streetLine] : [number, name])].filter(Boolean)
}

function numbers(name: AddressableObjectName | undefined): string {
  return [end(name?.StartRange), end(name?.EndRange)].filter(Boolean).join('-')
}

function end(range: NumberRange | undefined): string {
  return `${range?.Number ?? ''}${range?.Suffix ?? ''}`
}

function once(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.map((name = '') => singleSpaced(name)).filter((name) => name !== ''))]
}
