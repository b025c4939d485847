import type { XmlDocument, XmlElement } from 'libxml2-wasm'
import { londonTime } from './london-time.ts'
import { elementsIn } from './report-node.ts'

type Fields = ReadonlyMap<string, string>

/** What the header said, before anything was filled in. */
export interface Header {
  /** As written; `undefined` when it is missing or empty. */
  readonly billingAuthorityIdentityCode: string | undefined
}

/**
 * Fills a missing date or time in header and trailer with now in London, and sets the trailer's counts: all reports as
 * council tax, none as business rates, whatever they are. So does the live service; declared counts are never compared.
 */
export function mendFrame(document: XmlDocument, reports: number, now: Date): Header {
  const { date, dateTime } = londonTime(now)
  const [header, trailer] = ['BAreportHeader', 'BAreportTrailer'].map((name) =>
    [...elementsIn(document.root)].find((element) => element.name === name),
  )
  const said = header ? fieldsOf(header) : new Map<string, string>()
  if (header) {
    rewrite(header, [
      ['BillingAuthority', said.get('BillingAuthority')],
      ['BillingAuthorityIdentityCode', said.get('BillingAuthorityIdentityCode')],
      ['ProcessDate', said.get('ProcessDate') ?? date],
      ['EntryDateTime', said.get('EntryDateTime') ?? dateTime],
    ])
  }
  if (trailer) {
    rewrite(trailer, [
      ['RecordCount', String(reports)],
      ['EntryDateTime', fieldsOf(trailer).get('EntryDateTime') ?? dateTime],
      ['TotalNNDRreportCount', '0'],
      ['TotalCtaxReportCount', String(reports)],
    ])
  }
  return { billingAuthorityIdentityCode: said.get('BillingAuthorityIdentityCode') }
}

function fieldsOf(parent: XmlElement): Fields {
  return new Map(
    [...elementsIn(parent)].flatMap(({ name, content }) => (content.trim() === '' ? [] : [[name, content]])),
  )
}

function rewrite(parent: XmlElement, fields: readonly (readonly [string, string | undefined])[]): void {
  while (parent.firstChild) parent.firstChild.remove()
  for (const [name, text] of fields) if (text !== undefined) parent.addElement(name, parent.prefix).addText(text)
}
