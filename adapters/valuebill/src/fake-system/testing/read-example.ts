import { XmlDocument } from 'libxml2-wasm'
import { type ReportNode, readReports } from '../report-node.ts'
import { type ExampleReport, exampleDocument } from './example-document.ts'

/** One report as the stand-in reads it. */
export function readExample(report: ExampleReport): ReportNode {
  using document = XmlDocument.fromString(exampleDocument({ reports: [report] }))
  const [read] = readReports(document)
  if (!read) throw new TypeError('the example has no report')
  return read
}
