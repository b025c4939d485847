import type { Emitted, Received } from '@portreeve/adapter-sdk'
import type { XmlElement } from '@portreeve/formats'
import {
  billingAuthorityCode,
  billingAuthorityReportSchema,
  type ReportSubmission,
  type Uprn,
  uprn,
} from '@portreeve/model'
import type { JudgedReport } from './judge-report.ts'
import { taxOf } from './raw/reason-code.ts'
import { toCanonical } from './to-canonical.ts'
import type { AssessmentProperties, BApropertyReport } from './vendor-types.ts'
import { writeDocument } from './write-document.ts'

export const reportProposed = 'valuation.report.proposed'

const encoder = new TextEncoder()
const schemaId: unknown = Reflect.get(billingAuthorityReportSchema, '$id')

/** A judged report as the message that it becomes, or as its refusal. */
export function receivedReport(judged: JudgedReport, element: XmlElement, submission: ReportSubmission): Received {
  const { arrived, problems } = judged
  const { index } = submission
  if (problems.length === 0) return { index, message: reportMessage(judged, submission) }
  const rawReport = new TextDecoder().decode(writeDocument(element))
  return { index, refused: { identity: identityOf(arrived), problems, rawReport } }
}

function reportMessage({ arrived, corrections }: JudgedReport, submission: ReportSubmission): Emitted {
  const canonical = toCanonical(arrived, corrections, submission)
  const property = firstUprn(arrived)
  return {
    type: reportProposed,
    idSeed: `${submission.digest}-${String(submission.index).padStart(8, '0')}`,
    attributes: {
      ...(property !== undefined && { uprn: property, subject: property }),
      lgsl: taxOf(arrived) === 'business rates' ? services.businessRates : services.councilTax,
      ...(typeof schemaId === 'string' && { dataSchema: schemaId }),
    },
    key: property ?? `${authorityOf(submission)}/${firstReference(arrived)}`,
    contentType: 'application/json',
    body: encoder.encode(JSON.stringify(canonical)),
  }
}

/** LGSL: notification of business rates and of council tax. No LGIL: see `Envelope`. */
const services = { businessRates: '54', councilTax: '57' } as const

/** What the submitter calls a report, as far as it can be read. */
export function identityOf(report: BApropertyReport): Readonly<Record<string, string>> {
  const reference = firstReference(report)
  return {
    ...(report.BAreportNumber !== undefined && { baReportNumber: report.BAreportNumber }),
    ...(report.TransactionIdentityBA !== undefined && { transactionIdentityBA: report.TransactionIdentityBA }),
    ...(reference !== '' && { baReference: reference }),
  }
}

/** Existing properties first: they are what earlier reports were about. */
function properties(report: BApropertyReport): readonly AssessmentProperties[] {
  return [
    ...(report.ExistingEntries?.AssessmentProperties ?? []),
    ...(report.ProposedEntries?.AssessmentProperties ?? []),
  ]
}

function firstUprn(report: BApropertyReport): Uprn | undefined {
  for (const { PropertyIdentity: identity } of properties(report)) {
    const found = uprn.from(identity?.UniquePropertyReferenceNumber ?? '')
    if (found !== undefined) return found
  }
  return undefined
}

function firstReference(report: BApropertyReport): string {
  return properties(report)[0]?.PropertyIdentity?.BAreference?.trim() ?? ''
}

function authorityOf({ billingAuthorityIdentityCode: code }: ReportSubmission): string {
  return billingAuthorityCode.from(code) ?? code
}
