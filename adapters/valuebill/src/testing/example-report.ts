import type { AssessmentProperties, BApropertyReport, BS7666Address, Entries } from '../vendor-types.ts'

/** A council tax report of an invented place that nothing is wrong with, except what `changes` does to it. */
export function councilTaxReport(code: string, changes: BApropertyReport = {}): BApropertyReport {
  return {
    DateSent: '2026-03-02',
    TransactionIdentityBA: '9999000000001',
    BAidentityNumber: '9999',
    BAreportNumber: '1001',
    TypeOfTax: { CtaxReasonForReport: { ReasonForReportCode: code } },
    IndicatedDateOfChange: '2026-02-01',
    Remarks: 'SEE PLAN',
    ...changes,
  }
}

export function businessRatesReport(code: string, changes: BApropertyReport = {}): BApropertyReport {
  return councilTaxReport(code, { TypeOfTax: { NNDRreasonForReport: { ReasonForReportCode: code } }, ...changes })
}

export function entries(...properties: readonly AssessmentProperties[]): Entries {
  return { AssessmentProperties: properties.length === 0 ? [property('7')] : properties }
}

/** A house in Quay Lane, Sallowmere; `number` is also in its reference. */
export function property(number: string, changes: AssessmentProperties = {}): AssessmentProperties {
  return {
    PropertyIdentity: {
      UniquePropertyReferenceNumber: `99990000${number}`,
      TextAddress: { AddressLine: [`${number} QUAY LANE`, 'SALLOWMERE'], Postcode: 'ZZ9 9ZZ' },
      BAreference: `REF${number}`,
    },
    ...changes,
  }
}

export const bs7666Address: BS7666Address = {
  SAON: { Description: 'FLAT 2' },
  PAON: { StartRange: { Number: '7', Suffix: 'A' }, EndRange: { Number: '9' }, Description: 'HERON HOUSE' },
  StreetDescription: 'QUAY LANE',
  UniqueStreetReferenceNumber: '99900001',
  Locality: 'NETHERTIDE',
  Town: 'SALLOWMERE',
  AdministrativeArea: 'MERESHIRE',
  PostTown: 'SALLOWMERE',
  PostCode: 'ZZ9 9ZZ',
}
