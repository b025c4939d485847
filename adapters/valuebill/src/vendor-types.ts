/**
 * A billing authority report as it arrived, in Valuebill's own element names: everything is text, nothing is trimmed, and
 * whatever the schema demands may be missing. Attributes of an element of text stand beside it as `Element@Attribute`.
 *
 * Source: ValuebillBAtoVOA-v3-1d.xsd, VBcommon-v3-1d.xsd, BS7666-v2-0.xsd, AddressTypes-v2-0.xsd, ContactTypes-v1-3.xsd,
 * PersonDescriptiveTypes-v1-1.xsd.
 */
export interface BApropertyReport {
  readonly DateSent?: string
  readonly TransactionIdentityBA?: string
  readonly BAidentityNumber?: string
  readonly BAreportNumber?: string
  readonly TypeOfTax?: TypeOfTax
  readonly ExistingEntries?: Entries
  readonly ProposedEntries?: Entries
  readonly IndicatedDateOfChange?: string
  readonly PropertyPlanReferenceNumber?: string
  readonly SourceOfUpdate?: string
  readonly Remarks?: string
}

/** One of the two, by the schema. */
export interface TypeOfTax {
  readonly CtaxReasonForReport?: ReasonForReport
  readonly NNDRreasonForReport?: ReasonForReport
}

export interface ReasonForReport {
  /** `CR01` to `CR16`, or `01` to `19`. */
  readonly ReasonForReportCode?: string
  readonly 'ReasonForReportCode@Description'?: string
  readonly ReasonForReportDescription?: string
}

/** What `ExistingEntries` and `ProposedEntries` hold (BApropertySplitMergeStructure). */
export interface Entries {
  readonly AssessmentProperties?: readonly AssessmentProperties[]
  readonly Remarks?: string
}

export interface AssessmentProperties {
  readonly PropertyIdentity?: PropertyIdentity
  readonly PropertyDescription?: PropertyDescription
  readonly CurrentTax?: CurrentTax
  readonly OccupierContact?: OccupierContact
}

export interface PropertyIdentity {
  readonly UniquePropertyReferenceNumber?: string
  readonly BS7666Address?: BS7666Address
  readonly PropertyGridCoords?: PropertyGridCoords
  readonly TextAddress?: TextAddress
  readonly BAreference?: string
}

export interface BS7666Address {
  readonly SAON?: AddressableObjectName
  readonly PAON?: AddressableObjectName
  readonly StreetDescription?: string
  readonly UniqueStreetReferenceNumber?: string
  readonly Locality?: string
  readonly Town?: string
  readonly AdministrativeArea?: string
  readonly PostTown?: string
  readonly PostCode?: string
  readonly UniquePropertyReferenceNumber?: string
}

export interface AddressableObjectName {
  readonly StartRange?: NumberRange
  readonly EndRange?: NumberRange
  readonly Description?: string
}

export interface NumberRange {
  readonly Number?: string
  readonly Suffix?: string
}

export interface PropertyGridCoords {
  readonly X?: string
  readonly Y?: string
}

export interface TextAddress {
  readonly AddressLine?: readonly string[]
  readonly Postcode?: string
}

export interface PropertyDescription {
  readonly PrimaryDescriptionCode?: string
  readonly 'PrimaryDescriptionCode@Description'?: string
  readonly SecondaryDescriptionCode?: string
  readonly 'SecondaryDescriptionCode@Description'?: string
  readonly PropertyDescriptionText?: string
}

/** One of the two, by the schema. */
export interface CurrentTax {
  readonly CouncilTaxBand?: string
  readonly RateableValue?: string
  readonly 'RateableValue@Currency'?: string
}

export interface OccupierContact {
  readonly OccupierName?: OccupierName
  readonly OrganisationName?: string
  readonly ContactAddress?: ContactAddress
  readonly OccupierContactNos?: OccupierContactNos
}

export interface OccupierName {
  readonly PersonNameTitle?: readonly string[]
  readonly PersonGivenName?: readonly string[]
  readonly PersonFamilyName?: string
  readonly PersonNameSuffix?: readonly string[]
  readonly PersonRequestedName?: string
}

export interface ContactAddress {
  readonly Line?: readonly string[]
  /** Spelt with a capital C here, unlike in `TextAddress`. */
  readonly PostCode?: string
}

export interface OccupierContactNos {
  readonly Telephone?: readonly Telephone[]
  readonly Email?: readonly Email[]
  readonly Fax?: readonly Fax[]
}

export interface Telephone {
  readonly '@TelUse'?: string
  readonly '@TelMobile'?: string
  readonly '@TelPreferred'?: string
  readonly TelNationalNumber?: string
  readonly TelExtensionNumber?: string
  readonly TelCountryCode?: string
}

export interface Email {
  readonly '@EmailUsage'?: string
  readonly '@EmailPreferred'?: string
  readonly EmailAddress?: string
}

export interface Fax {
  readonly '@FaxUse'?: string
  readonly '@FaxMobile'?: string
  readonly '@FaxPreferred'?: string
  readonly FaxNationalNumber?: string
  readonly FaxExtensionNumber?: string
  readonly FaxCountryCode?: string
}

/** The file's head. */
export interface BAreportHeader {
  readonly BillingAuthority?: string
  readonly BillingAuthorityIdentityCode?: string
  readonly ProcessDate?: string
  readonly EntryDateTime?: string
}

/** The file's end. What it declares is never trusted. */
export interface BAreportTrailer {
  readonly RecordCount?: string
  readonly EntryDateTime?: string
  readonly TotalNNDRreportCount?: string
  readonly TotalCtaxReportCount?: string
}
