import type { Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { billingAuthorityReportSchema } from '@portreeve/model'
import { Compile } from 'typebox/compile'
import { correctReport } from './corrections/correct-report.ts'
import { fromCanonical } from './from-canonical.ts'
import { judgeReports } from './judge-report.ts'
import { notTaken, type ReportIdentity } from './read-outcomes.ts'
import { reportProposed } from './received-report.ts'
import { checkReport } from './rules/check-report.ts'
import type { Service } from './service.ts'
import type { BApropertyReport } from './vendor-types.ts'
import { documentElement, type SubmissionHead, writeDocument } from './write-document.ts'

/** The submission that a batch stands for; or one outcome per message, because some of them cannot be sent. */
export type PreparedBatch = { readonly document: Uint8Array } | { readonly outcomes: readonly Outcome[] }

/**
 * All or nothing, as at the service: either one document of all reports, corrected, checked and valid against the schema;
 * or the bad ones are refused and the others wait for the next batch, so that no report overtakes another. The document
 * depends on messages and configuration alone: a repeat makes the same bytes.
 */
export function prepareBatch(
  { messages }: OutgoingBatch,
  from: Omit<SubmissionHead, 'at'>,
  service: Service,
): PreparedBatch {
  const arrived = messages.map(readMessage)
  const ready = arrived.map((report) => (isReport(report) ? corrected(report, service) : report))
  if (ready.every(isReport)) {
    const document = documentElement(ready, { ...from, at: youngest(messages) })
    if (service.isValid(document)) return { document: writeDocument(document) }
  }
  // Only when the schema objects to the whole is each report asked for itself.
  return { outcomes: outcomesOf(arrived.map((report) => (isReport(report) ? judged(report, service) : report))) }
}

/** By what the service tells each message of a batch; `''` for a message that is no report. */
export function identitiesOf({ messages }: OutgoingBatch): readonly ReportIdentity[] {
  return messages.map((message) => {
    const report = readMessage(message)
    return isReport(report)
      ? { reportNumber: report.BAreportNumber ?? '', baTransaction: report.TransactionIdentityBA ?? '' }
      : { reportNumber: '', baTransaction: '' }
  })
}

/** Why a report is not sent. */
interface Refused {
  readonly code: string
  readonly sentence: string
}

function isReport(report: BApropertyReport | Refused): report is BApropertyReport {
  return !('sentence' in report)
}

function corrected(arrived: BApropertyReport, service: Service): BApropertyReport | Refused {
  const { report } = correctReport(arrived, service.corrects)
  return checkReport(report, service)[0] ?? report
}

function judged(arrived: BApropertyReport, service: Service): BApropertyReport | Refused {
  const [result] = judgeReports([{ report: arrived, index: 0 }], service)
  return result?.problems[0] ?? arrived
}

function outcomesOf(reports: readonly (BApropertyReport | Refused)[]): readonly Outcome[] {
  const waiting = notTaken(reports.filter((report) => !isReport(report)).length)
  return reports.map(
    (report): Outcome =>
      isReport(report) ? waiting : { state: 'refused', code: report.code, reason: report.sentence },
  )
}

const decoder = new TextDecoder()
const canonicalReport = Compile(billingAuthorityReportSchema)

function readMessage({ envelope, body }: Message): BApropertyReport | Refused {
  if (envelope.type !== reportProposed) return noReport(envelope.id)
  const report = parsed(body)
  return canonicalReport.Check(report) ? fromCanonical(report) : noReport(envelope.id)
}

/** `undefined` for what is no JSON. */
function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body))
  } catch {
    return undefined
  }
}

function noReport(id: string): Refused {
  const { code, message } = new PortreeveError('PRV_VALUEBILL_MESSAGE', { id })
  return { code, sentence: message }
}

function youngest(messages: readonly Message[]): Date {
  return new Date(Math.max(...messages.map(({ envelope }) => Date.parse(envelope.time))))
}
