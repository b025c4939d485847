import type { BillingAuthorityReport, Correction, ReportSubmission } from '@portreeve/model'
import { type Member, memberNames } from './canonical-names.ts'
import type { Correction as RawCorrection } from './corrections/correction.ts'
import type { RawNode, RawValue } from './raw/origin.ts'
import { taxOf } from './raw/reason-code.ts'
import { entriesStructure, reportStructure } from './raw/report-structure.ts'
import type { Structure } from './raw/structure.ts'
import type { BApropertyReport, Entries } from './vendor-types.ts'

/**
 * A report as it arrived, in canonical words. Pure. It must have passed the rules and the schema: what these demand is
 * taken to be there, and stands as `''` where it is not. `corrections` are those that were made on the copy to be sent.
 */
export function toCanonical(
  report: BApropertyReport,
  corrections: readonly RawCorrection[],
  submission: ReportSubmission,
): BillingAuthorityReport {
  const reason = report.TypeOfTax?.CtaxReasonForReport ?? report.TypeOfTax?.NNDRreasonForReport ?? {}
  const codeDescription = reason['ReasonForReportCode@Description']
  return {
    submission,
    dateSent: report.DateSent ?? '',
    transactionIdentityBA: report.TransactionIdentityBA ?? '',
    baIdentityNumber: report.BAidentityNumber ?? '',
    baReportNumber: report.BAreportNumber ?? '',
    typeOfTax: taxOf(report) === 'business rates' ? 'business-rates' : 'council-tax',
    reasonForReportCode: reason.ReasonForReportCode ?? '',
    ...(codeDescription !== undefined && { reasonForReportCodeDescription: codeDescription }),
    ...(reason.ReasonForReportDescription !== undefined && {
      reasonForReportDescription: reason.ReasonForReportDescription,
    }),
    ...(report.ExistingEntries && { existingEntries: entriesToCanonical(report.ExistingEntries) }),
    ...(report.ProposedEntries && { proposedEntries: entriesToCanonical(report.ProposedEntries) }),
    indicatedDateOfChange: report.IndicatedDateOfChange ?? '',
    ...(report.PropertyPlanReferenceNumber !== undefined && {
      propertyPlanReferenceNumber: report.PropertyPlanReferenceNumber,
    }),
    ...(report.SourceOfUpdate !== undefined && { sourceOfUpdate: report.SourceOfUpdate }),
    ...(report.Remarks !== undefined && { remarks: report.Remarks }),
    corrections: corrections.map(correctionToCanonical),
  }
}

/** The same names, spelt the canonical way: a test holds every result against the canonical schema. */
function entriesToCanonical(entries: Entries): NonNullable<BillingAuthorityReport['existingEntries']> {
  return nodeToCanonical(entries as RawNode, entriesStructure)
}

function nodeToCanonical(node: RawNode, structure: Structure<unknown>): Record<string, unknown> {
  const { byRaw } = memberNames(structure)
  const canonical: Record<string, unknown> = {}
  for (const name of Object.keys(node)) {
    const member = byRaw.get(name)
    const value = node[name]
    if (member !== undefined && value !== undefined) canonical[member.canonical] = toValue(value, member.structure)
  }
  return canonical
}

function toValue(value: RawValue, structure: Structure<unknown> | null): unknown {
  if (structure === null) return value
  return Array.isArray(value)
    ? value.map((item: RawNode) => nodeToCanonical(item, structure))
    : nodeToCanonical(value as RawNode, structure)
}

/** `ProposedEntries/AssessmentProperties[2]/CurrentTax` is `proposedEntries/assessmentProperties/1/currentTax` there. */
function correctionToCanonical({ path, ...correction }: RawCorrection): Correction {
  const steps: string[] = []
  let structure: Structure<unknown> | null = reportStructure
  for (const step of path.split('/')) {
    const [, name = step, position] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? []
    const member: Member | undefined = structure === null ? undefined : memberNames(structure).byRaw.get(name)
    steps.push(member?.canonical ?? name)
    if (position !== undefined) steps.push(String(Number(position) - 1))
    structure = member?.structure ?? null
  }
  return { ...correction, path: steps.join('/') }
}
