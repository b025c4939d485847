import type { ByteSource, XmlElement } from '@portreeve/formats'
import { documentReader } from './document-shape.ts'
import { type Demands, type JudgedReport, judgeRecords, type ReportRecord } from './judge-report.ts'

/** A part of a document, in its order: a report that is judged, or the root, header or trailer as it came. */
export type JudgedPart =
  | { readonly kind: 'report'; readonly record: ReportRecord; readonly judged: JudgedReport }
  | { readonly kind: 'root' | 'other'; readonly element: XmlElement }

export interface JudgeDocumentOptions {
  /** Reports before this index are passed over. Default 0. */
  readonly fromIndex?: number
  readonly onProgress?: (progress: { readonly bytesRead: number; readonly recordsRead: number }) => void
  readonly signal?: AbortSignal
}

/** So many reports at most are judged together: a document of its own for each would cost the schema half as much again. */
const mostTogether = 16

/**
 * Reads and judges a document. Reports that came in one piece of the source are judged together, so that no more is held
 * than was read at once. Rejects with `SourceRefused`, after the reports before the fault.
 */
export async function* judgeDocument(
  source: ByteSource,
  service: Demands,
  options: JudgeDocumentOptions,
): AsyncGenerator<JudgedPart, void, undefined> {
  let waiting: ReportRecord[] = []
  let pieceEnded = false
  const judgeWaiting = (): readonly JudgedPart[] => {
    const judged = judgeRecords(waiting, service)
    const parts = judged.flatMap((report, at): JudgedPart[] => {
      const record = waiting[at]
      return record === undefined ? [] : [{ kind: 'report', record, judged: report }]
    })
    waiting = []
    pieceEnded = false
    return parts
  }
  const onProgress: JudgeDocumentOptions['onProgress'] = (progress) => {
    pieceEnded = true
    options.onProgress?.(progress)
  }
  let fault: unknown
  try {
    for await (const part of documentReader.read(source, { ...options, onProgress })) {
      if (part.kind !== 'record' || pieceEnded || waiting.length === mostTogether) yield* judgeWaiting()
      if (part.kind === 'record') waiting.push({ element: part.element, index: part.index })
      else yield { kind: part.kind, element: part.element }
    }
  } catch (error) {
    fault = error
  }
  yield* judgeWaiting()
  if (fault !== undefined) throw fault
}
