import fc from 'fast-check'
import * as value from './valuebill-values.ts'
import type { XmlElement } from './xml-tree.ts'

/** A piece of element content: none, one or several elements. */
type Part = fc.Arbitrary<readonly XmlElement[]>

const none: Part = fc.constant([])
const one = (name: string, content: fc.Arbitrary<XmlElement['content']>, attributes: Attributes = {}): Part =>
  fc
    .tuple(content, fc.record(attributes, { requiredKeys: [] }))
    .map(([inside, given]) => [{ name, attributes: defined(given), content: inside }])
type Attributes = Readonly<Record<string, fc.Arbitrary<string>>>

const optional = (part: Part): Part => fc.oneof(part, none)
const many = (min: number, max: number, part: Part): Part =>
  fc.array(part, { minLength: min, maxLength: max }).map((parts) => parts.flat())
const sequence = (...parts: readonly Part[]): Part => fc.tuple(...parts).map((found) => found.flat())
const choice = (...parts: readonly Part[]): Part => fc.oneof(...parts)

const code = (name: string, values: fc.Arbitrary<string>) => one(name, values, { Description: value.populated(40) })

const range = sequence(one('bs7666:Number', value.integer(1, 9999)), optional(one('bs7666:Suffix', value.suffix)))
const addressableObject = choice(
  sequence(
    one('bs7666:StartRange', range),
    optional(one('bs7666:EndRange', range)),
    optional(one('bs7666:Description', value.description)),
  ),
  one('bs7666:Description', value.description),
)
const town = one('bs7666:Town', value.populated(30))
const area = one('bs7666:AdministrativeArea', value.populated(30))
const bs7666Address = one(
  'bs7666:BS7666Address',
  sequence(
    optional(one('bs7666:SAON', addressableObject)),
    one('bs7666:PAON', addressableObject),
    one('bs7666:StreetDescription', value.populated(100)),
    optional(one('bs7666:UniqueStreetReferenceNumber', value.integer(1, 99_999_999))),
    choice(
      sequence(one('bs7666:Locality', value.populated(35)), optional(town), optional(area)),
      sequence(town, optional(area)),
      area,
    ),
    optional(one('bs7666:PostTown', value.populated(30))),
    optional(one('bs7666:PostCode', value.postcode)),
    optional(one('bs7666:UniquePropertyReferenceNumber', value.integer(1, 999_999_999_999))),
  ),
)
const textAddress = one(
  'TextAddress',
  sequence(many(2, 6, one('AddressLine', value.restricted(1, 100))), optional(one('Postcode', value.postcode))),
)
const gridCoords = one(
  'PropertyGridCoords',
  sequence(one('bs7666:X', value.integer(0, 9_999_999)), one('bs7666:Y', value.integer(0, 9_999_999))),
)
const propertyIdentity = one(
  'PropertyIdentity',
  sequence(
    optional(one('bs7666:UniquePropertyReferenceNumber', value.integer(1, 999_999_999_999))),
    choice(sequence(bs7666Address, optional(gridCoords), optional(textAddress)), textAddress),
    one('BAreference', value.restricted(1, 25)),
  ),
)

const propertyDescription = one(
  'PropertyDescription',
  sequence(
    optional(code('PrimaryDescriptionCode', value.primaryDescription)),
    optional(code('SecondaryDescriptionCode', value.secondaryDescription)),
    optional(one('PropertyDescriptionText', value.populated(300))),
  ),
)
const currentTax = one(
  'CurrentTax',
  choice(one('CouncilTaxBand', value.band), one('RateableValue', value.rateableValue, { Currency: value.currency })),
)

const personName = one(
  'OccupierName',
  sequence(
    many(0, 2, one('pdt:PersonNameTitle', value.restricted(1, 35))),
    many(0, 3, one('pdt:PersonGivenName', value.restricted(1, 35))),
    one('pdt:PersonFamilyName', value.restricted(1, 35)),
    many(0, 2, one('pdt:PersonNameSuffix', value.restricted(1, 35))),
    optional(one('pdt:PersonRequestedName', value.restricted(1, 70))),
  ),
)
const contactAddress = one(
  'ContactAddress',
  sequence(many(2, 5, one('apd:Line', value.restricted(1, 35))), optional(one('apd:PostCode', value.postcode))),
)
const numberOf = (kind: 'Tel' | 'Fax') =>
  sequence(
    one(`apd:${kind}NationalNumber`, value.telephone),
    optional(one(`apd:${kind}ExtensionNumber`, value.extension)),
    optional(one(`apd:${kind}CountryCode`, value.countryCode)),
  )
const usage = (kind: 'Tel' | 'Fax') => ({
  [`${kind}Use`]: value.workHome,
  [`${kind}Mobile`]: value.yesNo,
  [`${kind}Preferred`]: value.yesNo,
})
const contactNumbers = one(
  'OccupierContactNos',
  sequence(
    many(0, 2, one('Telephone', numberOf('Tel'), usage('Tel'))),
    many(
      0,
      2,
      one('Email', one('apd:EmailAddress', value.restricted(0, 60)), {
        EmailUsage: value.workHome,
        EmailPreferred: value.yesNo,
      }),
    ),
    many(0, 2, one('Fax', numberOf('Fax'), usage('Fax'))),
  ),
)
const occupierContact = one(
  'OccupierContact',
  sequence(
    optional(personName),
    optional(one('OrganisationName', value.restricted(1, 255))),
    optional(contactAddress),
    optional(contactNumbers),
  ),
)

const entries = (name: string) =>
  one(
    name,
    sequence(
      many(
        1,
        3,
        one(
          'AssessmentProperties',
          sequence(propertyIdentity, optional(propertyDescription), optional(currentTax), optional(occupierContact)),
        ),
      ),
      optional(one('Remarks', value.populated(400))),
    ),
  )
const existing = entries('ExistingEntries')
const proposed = entries('ProposedEntries')

const reason = (name: string, codes: fc.Arbitrary<string>) =>
  one(
    name,
    sequence(code('ReasonForReportCode', codes), optional(one('ReasonForReportDescription', value.populated(80)))),
  )

const report = one(
  'BApropertyReport',
  sequence(
    one('DateSent', value.date),
    one('TransactionIdentityBA', value.restricted(5, 25)),
    one('BAidentityNumber', value.integer(1, 9999)),
    one('BAreportNumber', value.restricted(1, 12)),
    one(
      'TypeOfTax',
      choice(reason('CtaxReasonForReport', value.ctaxReason), reason('NNDRreasonForReport', value.nndrReason)),
    ),
    choice(sequence(existing, optional(proposed)), proposed),
    one('IndicatedDateOfChange', value.date),
    optional(one('PropertyPlanReferenceNumber', value.populated(25))),
    optional(one('SourceOfUpdate', value.populated(60))),
    optional(one('Remarks', value.populated(240))),
  ),
)

const header = one(
  'BAreportHeader',
  sequence(
    one('BillingAuthority', value.restricted(1, 60)),
    one('BillingAuthorityIdentityCode', value.integer(1, 9999)),
    one('ProcessDate', value.date),
    one('EntryDateTime', value.dateTime),
  ),
)
const trailer = one(
  'BAreportTrailer',
  sequence(
    one('RecordCount', value.integer(1, 99_999)),
    one('EntryDateTime', value.dateTime),
    one('TotalNNDRreportCount', value.integer(-1, 99_999)),
    one('TotalCtaxReportCount', value.integer(-1, 99_999)),
  ),
)

/** A `BApropertyReport` that the schema accepts, with every element, choice and facet edge in reach. */
export const arbitraryReport: fc.Arbitrary<XmlElement> = report.map(only)

/** A whole `BAreports` of one to three reports that the schema accepts. */
export const arbitrarySubmission: fc.Arbitrary<XmlElement> = fc
  .tuple(sequence(header, many(1, 3, report), trailer), value.populated(20), value.populated(20))
  .map(([content, id, version]) => ({
    name: 'BAreports',
    attributes: { SchemaId: id, SchemaVersion: version },
    content,
  }))

function only(elements: readonly XmlElement[]): XmlElement {
  const [element] = elements
  if (!element) throw new TypeError('an arbitrary of one element made none')
  return element
}

function defined(attributes: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([key, given]) => (given === undefined ? [] : [[key, given]])),
  )
}
