import { type ByteSource, type Problem, SourceRefused, type XmlElement, type XmlOutline } from '@portreeve/formats'
import { documentReader } from './document-shape.ts'
import { toProblem } from './judge-report.ts'
import { namespaces } from './raw/structure.ts'
import { readHeader } from './read-report.ts'
import { headerRules } from './rules/header-rules.ts'
import { voaCodes } from './rules/voa-codes.ts'
import type { BAreportHeader } from './vendor-types.ts'

export interface DocumentCheckOptions {
  /** Code that the file must be of; without one, any code is right. */
  readonly billingAuthorityCode?: string
  readonly onProgress?: (progress: { readonly bytesRead: number; readonly recordsRead: number }) => void
  readonly signal?: AbortSignal
}

export interface CheckedDocument {
  readonly header: BAreportHeader
  readonly reports: number
  /** What refuses the file as a whole. */
  readonly problems: readonly Problem[]
}

/** Reads a file to its end and keeps nothing of it but the header. */
export async function checkDocument(source: ByteSource, options: DocumentCheckOptions): Promise<CheckedDocument> {
  try {
    const outline = await documentReader.check(source, options)
    return { ...judgeOutline(outline, options.billingAuthorityCode), reports: outline.recordsRead }
  } catch (error) {
    if (error instanceof SourceRefused) return { header: {}, reports: 0, problems: [error.problem] }
    throw error
  }
}

/** The file's faults beyond its being well formed. Counts in the trailer are never looked at. */
export function judgeOutline(
  outline: Pick<XmlOutline, 'others' | 'recordsRead' | 'root'>,
  authority: string | undefined,
): { readonly header: BAreportHeader; readonly problems: readonly Problem[] } {
  const [header, second] = outline.others.filter((element) => element.is(namespaces.vb, 'BAreportHeader'))
  const trailers = outline.others.filter((element) => element.is(namespaces.vb, 'BAreportTrailer'))
  if (header === undefined) return { header: {}, problems: [missing(outline.root, 'BAreportHeader', 'no header')] }
  const { node } = readHeader(header)

  const problems: Problem[] = headerProblems(node, header, authority)
  if (second !== undefined) problems.push(twice(second))
  if (outline.recordsRead === 0) problems.push(missing(outline.root, 'BApropertyReport', 'no report'))
  if (trailers.length === 0) {
    problems.push(missing(outline.root, 'BAreportTrailer', 'no trailer, so it may have been cut off'))
  }
  if (trailers[1] !== undefined) problems.push(twice(trailers[1]))
  return { header: node, problems }
}

/** What is wrong with the header, of which the first is enough. */
export function headerProblems(header: BAreportHeader, element: XmlElement, authority: string | undefined): Problem[] {
  for (const rule of headerRules) {
    const finding = rule.check(header, authority ?? header.BillingAuthorityIdentityCode ?? '')
    if (finding === null) continue
    const at = element.child(namespaces.vb, finding.path) ?? element
    const path = at === element ? '/BAreports/BAreportHeader' : `/BAreports/BAreportHeader/${finding.path}`
    return [toProblem(finding, { path, line: at.line, column: at.column })]
  }
  return []
}

function missing(root: XmlElement, name: string, what: string): Problem {
  const sentence = `The file has ${what}: have it written again.`
  return { code: voaCodes.schema, path: '/BAreports', line: root.line, column: root.column, rule: name, sentence }
}

function twice(element: XmlElement): Problem {
  const { name, line, column } = element
  const sentence = `The file has ${name} twice: have it written again.`
  return { code: voaCodes.schema, path: `/BAreports/${name}[2]`, line, column, rule: name, sentence }
}
