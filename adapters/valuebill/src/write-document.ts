import { writeXml, XmlElement } from '@portreeve/formats'
import { taxOf } from './raw/reason-code.ts'
import { namespaces } from './raw/structure.ts'
import type { BApropertyReport } from './vendor-types.ts'
import { headerElement, reportElement, trailerElement } from './write-report.ts'

/** Who sends a submission, and when. */
export interface SubmissionHead {
  /** 1 to 60 characters. */
  readonly billingAuthority: string
  /** Four digits. */
  readonly billingAuthorityCode: string
  /** When the youngest of its reports was accepted: never the clock, so that the same batch is always the same bytes. */
  readonly at: Date
}

/** A whole submission, the counts of its trailer right. `reports` are sent as they are: correct them before. */
export function documentElement(reports: readonly BApropertyReport[], head: SubmissionHead): XmlElement {
  const { date, dateTime } = londonTime(head.at)
  const header = headerElement({
    BillingAuthority: head.billingAuthority,
    BillingAuthorityIdentityCode: head.billingAuthorityCode,
    ProcessDate: date,
    EntryDateTime: dateTime,
  })
  const businessRates = reports.filter((report) => taxOf(report) === 'business rates').length
  const trailer = trailerElement({
    RecordCount: String(reports.length),
    EntryDateTime: dateTime,
    TotalNNDRreportCount: String(businessRates),
    TotalCtaxReportCount: String(reports.length - businessRates),
  })
  return rootElement([header, ...reports.map(reportElement), trailer])
}

/** `BAreports` of these children. */
export function rootElement(children: readonly XmlElement[]): XmlElement {
  return new XmlElement(namespaces.vb, 'BAreports', attributes, children)
}

const attributes = [
  { namespace: '', name: 'SchemaId', value: 'BAtoVOA' },
  { namespace: '', name: 'SchemaVersion', value: '4-0' },
]

const prefixes = Object.fromEntries(
  Object.entries(namespaces).map(([prefix, namespace]) => [namespace, prefix === 'vb' ? '' : prefix]),
)

/** Bytes of a submission, or of a part of one, under the customary prefixes. Throws `ValueRefused` for characters that XML does not have. */
export function writeDocument(document: XmlElement): Uint8Array {
  return writeXml(document, { prefixes })
}

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** Local time of London without a zone, as councils write it: `2026-07-01`, `2026-07-01T13:00:00`. */
export function londonTime(at: Date): { readonly date: string; readonly dateTime: string } {
  const parts = new Map(london.formatToParts(at).map(({ type, value }) => [type, value]))
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(
    (type) => parts.get(type as Intl.DateTimeFormatPartTypes) ?? '',
  )
  const date = `${year}-${month}-${day}`
  return { date, dateTime: `${date}T${hour}:${minute}:${second}` }
}
