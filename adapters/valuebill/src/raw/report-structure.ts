import type {
  AddressableObjectName,
  AssessmentProperties,
  BApropertyReport,
  BAreportHeader,
  BAreportTrailer,
  BS7666Address,
  ContactAddress,
  CurrentTax,
  Email,
  Entries,
  Fax,
  NumberRange,
  OccupierContact,
  OccupierContactNos,
  OccupierName,
  PropertyDescription,
  PropertyGridCoords,
  PropertyIdentity,
  ReasonForReport,
  Telephone,
  TextAddress,
  TypeOfTax,
} from '../vendor-types.ts'
import { many, of, one, structure, text, texts, textWith } from './structure.ts'

const numberRange = structure<NumberRange>('bs7666', { Number: text, Suffix: text })

const addressableObjectName = structure<AddressableObjectName>('bs7666', {
  StartRange: one(numberRange),
  EndRange: one(numberRange),
  Description: text,
})

/** BS7666-v2-0.xsd, BSaddressStructure. */
const bs7666Address = structure<BS7666Address>('bs7666', {
  SAON: one(addressableObjectName),
  PAON: one(addressableObjectName),
  StreetDescription: text,
  UniqueStreetReferenceNumber: text,
  Locality: text,
  Town: text,
  AdministrativeArea: text,
  PostTown: text,
  PostCode: text,
  UniquePropertyReferenceNumber: text,
})

/** VBcommon-v3-1d.xsd, BApropertyIdentificationStructure. */
const propertyIdentity = structure<PropertyIdentity>('vb', {
  UniquePropertyReferenceNumber: of('bs7666', text),
  BS7666Address: of('bs7666', one(bs7666Address)),
  PropertyGridCoords: one(structure<PropertyGridCoords>('bs7666', { X: text, Y: text })),
  TextAddress: one(structure<TextAddress>('vb', { AddressLine: texts, Postcode: text })),
  BAreference: text,
})

/** VBcommon-v3-1d.xsd, OccupierContactStructure; ContactTypes-v1-3.xsd; PersonDescriptiveTypes-v1-1.xsd. */
const occupierContact = structure<OccupierContact>('vb', {
  OccupierName: one(
    structure<OccupierName>('pdt', {
      PersonNameTitle: texts,
      PersonGivenName: texts,
      PersonFamilyName: text,
      PersonNameSuffix: texts,
      PersonRequestedName: text,
    }),
  ),
  OrganisationName: text,
  ContactAddress: one(structure<ContactAddress>('apd', { Line: texts, PostCode: text })),
  OccupierContactNos: one(
    structure<OccupierContactNos>('vb', {
      Telephone: many(
        structure<Telephone>('apd', { TelNationalNumber: text, TelExtensionNumber: text, TelCountryCode: text }, [
          'TelUse',
          'TelMobile',
          'TelPreferred',
        ]),
      ),
      Email: many(structure<Email>('apd', { EmailAddress: text }, ['EmailUsage', 'EmailPreferred'])),
      Fax: many(
        structure<Fax>('apd', { FaxNationalNumber: text, FaxExtensionNumber: text, FaxCountryCode: text }, [
          'FaxUse',
          'FaxMobile',
          'FaxPreferred',
        ]),
      ),
    }),
  ),
})

/** ValuebillBAtoVOA-v3-1d.xsd, BApropertySplitMergeStructure. */
export const entriesStructure = structure<Entries>('vb', {
  AssessmentProperties: many(
    structure<AssessmentProperties>('vb', {
      PropertyIdentity: one(propertyIdentity),
      PropertyDescription: one(
        structure<PropertyDescription>('vb', {
          PrimaryDescriptionCode: textWith('Description'),
          SecondaryDescriptionCode: textWith('Description'),
          PropertyDescriptionText: text,
        }),
      ),
      CurrentTax: one(structure<CurrentTax>('vb', { CouncilTaxBand: text, RateableValue: textWith('Currency') })),
      OccupierContact: one(occupierContact),
    }),
  ),
  Remarks: text,
})

const reasonForReport = structure<ReasonForReport>('vb', {
  ReasonForReportCode: textWith('Description'),
  ReasonForReportDescription: text,
})

/** ValuebillBAtoVOA-v3-1d.xsd, BAreportBodyStructure. */
export const reportStructure = structure<BApropertyReport>('vb', {
  DateSent: text,
  TransactionIdentityBA: text,
  BAidentityNumber: text,
  BAreportNumber: text,
  TypeOfTax: one(
    structure<TypeOfTax>('vb', {
      CtaxReasonForReport: one(reasonForReport),
      NNDRreasonForReport: one(reasonForReport),
    }),
  ),
  ExistingEntries: one(entriesStructure),
  ProposedEntries: one(entriesStructure),
  IndicatedDateOfChange: text,
  PropertyPlanReferenceNumber: text,
  SourceOfUpdate: text,
  Remarks: text,
})

/** ValuebillBAtoVOA-v3-1d.xsd, ReportHeaderStructure. */
export const headerStructure = structure<BAreportHeader>('vb', {
  BillingAuthority: text,
  BillingAuthorityIdentityCode: text,
  ProcessDate: text,
  EntryDateTime: text,
})

/** ValuebillBAtoVOA-v3-1d.xsd, ReportTrailerStructure. */
export const trailerStructure = structure<BAreportTrailer>('vb', {
  RecordCount: text,
  EntryDateTime: text,
  TotalNNDRreportCount: text,
  TotalCtaxReportCount: text,
})
