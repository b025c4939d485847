import { Type } from 'typebox'
import { type Bs7666Address, bs7666AddressSchema } from '../address/bs7666-address.ts'
import { asArrived } from '../as-arrived.ts'
import { text } from '../text.ts'
import { occupierContactSchema } from './occupier-contact.ts'

const closed = { additionalProperties: false }
const common = 'VBcommon-v3-1d'
const root = 'ValuebillBAtoVOA-v3-1d'

const textAddress = Type.Object(
  {
    addressLine: Type.Array(text('One line.', `${common}, AddressLine`), {
      minItems: 1,
      description: `Lines, in order. ${common}, TextAddressStructure.`,
    }),
    postcode: Type.Optional(text('Postcode.', `${common}, Postcode`)),
  },
  { ...closed, description: `Address in lines. ${common}, TextAddressStructure.` },
)

const propertyGridCoords = Type.Object(
  {
    x: Type.Optional(text('Easting in metres, as text.', 'BS7666-v2-0, X')),
    y: Type.Optional(text('Northing in metres, as text.', 'BS7666-v2-0, Y')),
  },
  { ...closed, description: 'Grid coordinates. BS7666-v2-0, CoordinateStructure. Never sent on to the VOA.' },
)

const propertyIdentity = Type.Object(
  {
    uprn: Type.Optional(
      text(
        'UPRN as it arrived: leading zeros kept; `uprn.from` reads it.',
        'BS7666-v2-0, UniquePropertyReferenceNumber',
      ),
    ),
    bs7666Address: Type.Optional(
      asArrived<Bs7666Address>(
        bs7666AddressSchema,
        'Structured address as it arrived. BS7666-v2-0, BS7666Address. Never sent on to the VOA, so it is not judged.',
      ),
    ),
    propertyGridCoords: Type.Optional(propertyGridCoords),
    textAddress: Type.Optional(textAddress),
    baReference: text("The billing authority's own reference of the property.", `${common}, BAreference`),
  },
  { ...closed, description: `Which property. ${common}, BApropertyIdentificationStructure.` },
)

const propertyDescription = Type.Object(
  {
    primaryDescriptionCode: Type.Optional(text('What it is, business rates only.', `${root}, PrimaryDescriptionCode`)),
    primaryDescriptionCodeDescription: Type.Optional(
      text('The code in words.', 'VBcodes-v3-1d, NndrPrimaryDescriptionCodeStructure/@Description'),
    ),
    secondaryDescriptionCode: Type.Optional(
      text('Second code, business rates only.', `${root}, SecondaryDescriptionCode`),
    ),
    secondaryDescriptionCodeDescription: Type.Optional(
      text('The code in words.', 'VBcodes-v3-1d, NndrSecondaryDescriptionCodeStructure/@Description'),
    ),
    propertyDescriptionText: Type.Optional(text('What it is, in words.', `${root}, PropertyDescriptionText`)),
  },
  { ...closed, description: `What the property is. ${root}, PropertyDescription.` },
)

const currentTax = Type.Object(
  {
    councilTaxBand: Type.Optional(text('Band; one that is not A to I is dropped on the way.', `${common}, BandType`)),
    rateableValue: Type.Optional(text('Amount as text: `16250.00` is not 16250.', `${root}, RateableValue`)),
    rateableValueCurrency: Type.Optional(text('GBP or EUR.', `${common}, MonetaryStructure/@Currency`)),
  },
  { ...closed, description: `Present assessment: a band or a rateable value. ${root}, CurrentTax.` },
)

const assessmentProperty = Type.Object(
  {
    propertyIdentity,
    propertyDescription: Type.Optional(propertyDescription),
    currentTax: Type.Optional(currentTax),
    occupierContact: Type.Optional(occupierContactSchema),
  },
  { ...closed, description: `One property. ${root}, AssessmentProperties.` },
)

/** ValuebillBAtoVOA-v3-1d.xsd, BApropertySplitMergeStructure: the properties on one side of a change. */
export const entriesSchema = Type.Object(
  {
    assessmentProperties: Type.Array(assessmentProperty, {
      minItems: 1,
      description: `Properties, in order. ${root}, AssessmentProperties.`,
    }),
    remarks: Type.Optional(text('About splits and mergers.', `${root}, BApropertySplitMergeStructure/Remarks`)),
  },
  {
    ...closed,
    title: 'Entries',
    description: `Properties on one side of a change. ${root}, BApropertySplitMergeStructure.`,
  },
)
