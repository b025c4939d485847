import type { BillingAuthorityReport } from '@portreeve/model'
import { memberNames } from './canonical-names.ts'
import { entriesStructure } from './raw/report-structure.ts'
import type { Structure } from './raw/structure.ts'
import type { BApropertyReport, Entries, ReasonForReport } from './vendor-types.ts'

/** A canonical report in Valuebill's words: as it arrived, before any correction. Pure; the other way of `toCanonical`. */
export function fromCanonical(report: BillingAuthorityReport): BApropertyReport {
  const reason: ReasonForReport = {
    ReasonForReportCode: report.reasonForReportCode,
    ...(report.reasonForReportCodeDescription !== undefined && {
      'ReasonForReportCode@Description': report.reasonForReportCodeDescription,
    }),
    ...(report.reasonForReportDescription !== undefined && {
      ReasonForReportDescription: report.reasonForReportDescription,
    }),
  }
  return {
    DateSent: report.dateSent,
    TransactionIdentityBA: report.transactionIdentityBA,
    BAidentityNumber: report.baIdentityNumber,
    BAreportNumber: report.baReportNumber,
    TypeOfTax: report.typeOfTax === 'council-tax' ? { CtaxReasonForReport: reason } : { NNDRreasonForReport: reason },
    ...(report.existingEntries && { ExistingEntries: entriesFromCanonical(report.existingEntries) }),
    ...(report.proposedEntries && { ProposedEntries: entriesFromCanonical(report.proposedEntries) }),
    IndicatedDateOfChange: report.indicatedDateOfChange,
    ...(report.propertyPlanReferenceNumber !== undefined && {
      PropertyPlanReferenceNumber: report.propertyPlanReferenceNumber,
    }),
    ...(report.sourceOfUpdate !== undefined && { SourceOfUpdate: report.sourceOfUpdate }),
    ...(report.remarks !== undefined && { Remarks: report.remarks }),
  }
}

function entriesFromCanonical(entries: NonNullable<BillingAuthorityReport['existingEntries']>): Entries {
  return nodeFromCanonical(entries, entriesStructure)
}

function nodeFromCanonical(canonical: object, structure: Structure<unknown>): Record<string, unknown> {
  const { byCanonical } = memberNames(structure)
  const node: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(canonical)) {
    const member = byCanonical.get(name)
    if (member !== undefined) node[member.raw] = fromValue(value, member.structure)
  }
  return node
}

function fromValue(value: unknown, structure: Structure<unknown> | null): unknown {
  if (structure === null) return value
  return Array.isArray(value)
    ? value.map((item: object) => nodeFromCanonical(item, structure))
    : nodeFromCanonical(value as object, structure)
}
