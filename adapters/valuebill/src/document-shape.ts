import { type XmlRecordsOptions, xmlRecords } from '@portreeve/formats'
import { namespaces } from './raw/structure.ts'

const named = (name: string) => ({ namespace: namespaces.vb, name })

/** ValuebillBAtoVOA-v3-1d.xsd, BAreports: a header, reports, a trailer. `&nbsp;` is a space, as in the VOA's service. */
const documentShape: XmlRecordsOptions = {
  root: named('BAreports'),
  record: named('BApropertyReport'),
  before: [named('BAreportHeader')],
  after: [named('BAreportTrailer')],
  replaceNbsp: true,
}

export const documentReader = xmlRecords(documentShape)
