import type { ReportVerdict, Verdict } from '@portreeve/adapter-sdk'
import { type ByteSource, SourceRefused, type XmlElement } from '@portreeve/formats'
import { headerProblems, judgeOutline } from './check-document.ts'
import { judgeDocument } from './judge-document.ts'
import { type JudgedReport, toProblem } from './judge-report.ts'
import { placeOf } from './raw/place.ts'
import { namespaces } from './raw/structure.ts'
import { readHeader, readTrailer } from './read-report.ts'
import { identityOf } from './received-report.ts'
import { adviseOn } from './rules/advice-rules.ts'
import { openService, type ServiceOptions } from './service.ts'
import type { BAreportHeader } from './vendor-types.ts'

export interface ValidateDocumentOptions extends ServiceOptions {
  /** Code that the file must be of; without one, any code is right. */
  readonly billingAuthorityCode?: string
  readonly onProgress?: (progress: { readonly bytesRead: number; readonly recordsRead: number }) => void
  readonly signal?: AbortSignal
}

/**
 * What would be sent, corrected and refused of a file, without sending anything. One pass in bounded memory: the file's own
 * verdict comes last. A header that refuses the file ends it at once: no report of it would be sent. Throws PRV_FORMATS_SCHEMA_UNUSABLE when the schema cannot be read.
 */
export async function* validateDocument(
  source: ByteSource,
  options: ValidateDocumentOptions = {},
): AsyncGenerator<Verdict, void, undefined> {
  const service = await openService(options)
  const counts = { sent: 0, corrected: 0, refused: 0 }
  const taxes = { ctax: 0, nndr: 0 }
  const others: XmlElement[] = []
  let root: XmlElement | undefined
  let header: BAreportHeader = {}
  let fault: SourceRefused | undefined
  try {
    for await (const part of judgeDocument(source, service, options)) {
      if (part.kind === 'report') {
        const { judged, record } = part
        const verdict = reportVerdict(judged, record.index, options.billingAuthorityCode ?? codeOf(header))
        counts[verdict.verdict] += 1
        taxes[judged.arrived.TypeOfTax?.NNDRreasonForReport === undefined ? 'ctax' : 'nndr'] += 1
        yield verdict
      } else if (part.kind === 'root') {
        root = part.element
      } else {
        others.push(part.element)
        if (!part.element.is(namespaces.vb, 'BAreportHeader')) continue
        header = readHeader(part.element).node
        const problems = headerProblems(header, part.element, options.billingAuthorityCode)
        if (problems.length > 0) {
          yield { kind: 'document', problems, ...counts, notes: [] }
          return
        }
      }
    }
  } catch (error) {
    if (!(error instanceof SourceRefused)) throw error
    fault = error
  }
  const reports = taxes.ctax + taxes.nndr
  const problems =
    fault !== undefined || root === undefined
      ? [...(fault ? [fault.problem] : [])]
      : judgeOutline({ root, others, recordsRead: reports }, options.billingAuthorityCode).problems
  yield { kind: 'document', problems, ...counts, notes: fault ? [] : trailerNotes(others, { reports, ...taxes }) }
}

function reportVerdict(judged: JudgedReport, index: number, authority: string): ReportVerdict {
  const { arrived, corrected, corrections, problems } = judged
  const advice = problems.length === 0 ? adviseOn(corrected, authority) : []
  return {
    kind: 'report',
    index,
    identity: identityOf(arrived),
    verdict: problems.length > 0 ? 'refused' : corrections.length > 0 ? 'corrected' : 'sent',
    corrections,
    problems,
    warnings: advice.map((finding) => toProblem(finding, placeOf(corrected, finding.path, index))),
  }
}

function codeOf(header: BAreportHeader): string {
  return header.BillingAuthorityIdentityCode ?? ''
}

function trailerNotes(
  others: readonly XmlElement[],
  found: { readonly reports: number; readonly ctax: number; readonly nndr: number },
): readonly string[] {
  const trailer = others.find((element) => element.is(namespaces.vb, 'BAreportTrailer'))
  if (trailer === undefined) return []
  const { RecordCount, TotalCtaxReportCount, TotalNNDRreportCount } = readTrailer(trailer).node
  const declared = [
    ['RecordCount', RecordCount, found.reports],
    ['TotalCtaxReportCount', TotalCtaxReportCount, found.ctax],
    ['TotalNNDRreportCount', TotalNNDRreportCount, found.nndr],
  ] as const
  return declared.flatMap(([name, said, counted]) =>
    said === undefined || Number(said) === counted
      ? []
      : [`The trailer declares ${name} ${said}, but there are ${counted}; what is sent has the right number.`],
  )
}
