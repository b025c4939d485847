import type { XmlElement } from '@portreeve/formats'
import { documentReader } from '../document-shape.ts'
import { namespaces } from '../raw/structure.ts'

/** The reports of a document, as elements. */
export async function recordsOf(document: string | Uint8Array): Promise<readonly XmlElement[]> {
  const source = typeof document === 'string' ? new TextEncoder().encode(document) : document
  const records: XmlElement[] = []
  for await (const part of documentReader.read(source)) if (part.kind === 'record') records.push(part.element)
  return records
}

/** A document of these reports, each written as its inner XML; prefixes are the customary ones. */
export function documentOf(...reports: readonly string[]): string {
  const declarations = Object.entries(namespaces).map(([prefix, uri]) =>
    prefix === 'vb' ? `xmlns="${uri}"` : `xmlns:${prefix}="${uri}"`,
  )
  return [
    `<BAreports ${declarations.join(' ')} SchemaId="BAtoVOA" SchemaVersion="4-0">`,
    `<BAreportHeader><BillingAuthority>Borough of Sallowmere</BillingAuthority><BillingAuthorityIdentityCode>9999</BillingAuthorityIdentityCode><ProcessDate>2026-03-02</ProcessDate><EntryDateTime>2026-03-02T10:00:00</EntryDateTime></BAreportHeader>`,
    ...reports.map((report) => `<BApropertyReport>${report}</BApropertyReport>`),
    `<BAreportTrailer><RecordCount>${reports.length}</RecordCount><EntryDateTime>2026-03-02T10:00:00</EntryDateTime><TotalNNDRreportCount>0</TotalNNDRreportCount><TotalCtaxReportCount>${reports.length}</TotalCtaxReportCount></BAreportTrailer>`,
    `</BAreports>`,
  ].join('\n')
}
