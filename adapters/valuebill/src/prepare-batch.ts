import type { Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import type { XmlElement } from '@portreeve/formats'
import type { BillingAuthorityReport } from '@portreeve/model'
import { correctReport } from './corrections/correct-report.ts'
import { fromCanonical } from './from-canonical.ts'
import { judgeReport } from './judge-report.ts'
import type { ReportIdentity } from './read-outcomes.ts'
import { reportProposed } from './received-report.ts'
import { checkReport } from './rules/check-report.ts'
import type { Schema } from './schema.ts'
import type { BApropertyReport } from './vendor-types.ts'
import { documentElement, type SubmissionHead, writeDocument } from './write-document.ts'

export interface PreparedBatch {
  /** The submission; `null` when no report of the batch may be sent. */
  readonly document: Uint8Array | null
  /** The reports in it, in order. */
  readonly reports: readonly ReportIdentity[]
  /** One per message: why it is not in the document, or `null` when it is. */
  readonly refused: readonly (Outcome | null)[]
}

/**
 * The one document that a batch stands for: reports corrected, checked, and valid against the schema. It depends on the
 * messages and the configuration alone, so a repeat makes the same bytes. A message that cannot be sent is refused here.
 */
export function prepareBatch(
  { messages }: OutgoingBatch,
  from: Omit<SubmissionHead, 'at'>,
  schema: Schema,
): PreparedBatch {
  const head = { ...from, at: youngest(messages) }
  const arrived = messages.map(readMessage)
  const quick = arrived.map((report) => (report instanceof PortreeveError ? report : corrected(report)))
  const document = toDocument(quick, head)
  // The schema is asked once for all; only when it objects, each report is asked for itself.
  const reports =
    document === null || schema.isValid(document) ? quick : arrived.map((report) => judged(report, schema))
  return {
    document: write(reports === quick ? document : toDocument(reports, head)),
    reports: reports.flatMap((report) => (isReport(report) ? [identityOf(report)] : [])),
    refused: reports.map((report) => (isReport(report) ? null : refusal(report))),
  }
}

/** A report to be sent, or why it is not. */
type Prepared = BApropertyReport | PortreeveError | { readonly code: string; readonly sentence: string }

function corrected(arrived: BApropertyReport): Prepared {
  const { report } = correctReport(arrived)
  return checkReport(report)[0] ?? report
}

function judged(arrived: BApropertyReport | PortreeveError, schema: Schema): Prepared {
  if (arrived instanceof PortreeveError) return arrived
  const { corrected: report, problems } = judgeReport(arrived, 0, schema.checkReport)
  return problems[0] ?? report
}

function toDocument(prepared: readonly Prepared[], head: SubmissionHead): XmlElement | null {
  const reports = prepared.filter(isReport)
  return reports.length === 0 ? null : documentElement(reports, head)
}

function write(document: XmlElement | null): Uint8Array | null {
  return document === null ? null : writeDocument(document)
}

function isReport(prepared: Prepared): prepared is BApropertyReport {
  return !(prepared instanceof PortreeveError) && !('sentence' in prepared)
}

function refusal(reason: Exclude<Prepared, BApropertyReport>): Outcome {
  return reason instanceof PortreeveError
    ? { state: 'refused', code: reason.code, reason: reason.message }
    : { state: 'refused', code: reason.code, reason: reason.sentence }
}

function identityOf(report: BApropertyReport): ReportIdentity {
  return { reportNumber: report.BAreportNumber ?? '', baTransaction: report.TransactionIdentityBA ?? '' }
}

const decoder = new TextDecoder()

function readMessage({ envelope, body }: Message): BApropertyReport | PortreeveError {
  if (envelope.type === reportProposed) {
    try {
      const report: BillingAuthorityReport = JSON.parse(decoder.decode(body))
      if (typeof report === 'object' && report !== null && 'typeOfTax' in report) return fromCanonical(report)
    } catch (cause) {
      return new PortreeveError('PRV_VALUEBILL_MESSAGE', { id: envelope.id }, { cause })
    }
  }
  return new PortreeveError('PRV_VALUEBILL_MESSAGE', { id: envelope.id })
}

function youngest(messages: readonly Message[]): Date {
  return new Date(Math.max(...messages.map(({ envelope }) => Date.parse(envelope.time))))
}
