import type { Problem, XmlElement } from '@portreeve/formats'
import { correctReport } from './corrections/correct-report.ts'
import type { Correction } from './corrections/correction.ts'
import { type PlaceInFile, placeOf, placeOfElement } from './raw/place.ts'
import type { Unexpected } from './read-report.ts'
import { readReport } from './read-report.ts'
import { checkReport } from './rules/check-report.ts'
import type { Finding } from './rules/finding.ts'
import { voaCodes } from './rules/voa-codes.ts'
import type { Service } from './service.ts'
import type { BApropertyReport } from './vendor-types.ts'

/** A report, the copy of it that is to be sent, and what stands against sending it. */
export interface JudgedReport {
  readonly arrived: BApropertyReport
  readonly corrected: BApropertyReport
  readonly corrections: readonly Correction[]
  /** Empty: it may be sent. */
  readonly problems: readonly Problem[]
}

/** What reports are held against. */
export type Demands = Pick<Service, 'checkReports' | 'corrects' | 'codes'>

/** A report in a file. `index` counts from 0. */
export interface ReportRecord {
  readonly element: XmlElement
  readonly index: number
}

/** The order of the VOA's service, report by report: read leniently, correct, business rules, schema. */
export function judgeRecords(records: readonly ReportRecord[], service: Demands): readonly JudgedReport[] {
  const read = records.map(({ element }) => readReport(element))
  const judged = judgeReports(
    read.map(({ node }, at) => ({ report: node, index: records[at]?.index ?? 0 })),
    service,
  )
  return judged.map((report, at) => {
    const { unexpected = [] } = read[at] ?? {}
    const record = records[at]
    if (unexpected.length === 0 || record === undefined) return report
    const problems = unexpected.map((found) => unexpectedProblem(found, record))
    return { ...report, problems: [...problems, ...report.problems] }
  })
}

/** As `judgeRecords`, of reports that may not come from a file. The schema is asked once for all that pass the rules. */
export function judgeReports(
  reports: readonly { readonly report: BApropertyReport; readonly index: number }[],
  service: Demands,
): readonly JudgedReport[] {
  const ruled = reports.map(({ report: arrived, index }) => {
    const { report: corrected, corrections } = correctReport(arrived, service.corrects)
    return { arrived, corrected, corrections, index, findings: checkReport(corrected, service) }
  })
  const passed = ruled.filter(({ findings }) => findings.length === 0)
  const against = service.checkReports(passed.map(({ corrected }) => corrected))
  const bySchema = new Map(passed.map((report, at) => [report, against[at] ?? []]))
  return ruled.map((report) => {
    const { arrived, corrected, corrections, index, findings } = report
    const all = bySchema.get(report) ?? findings
    const problems = all.map((finding) => toProblem(finding, placeOf(corrected, finding.path, index)))
    return { arrived, corrected, corrections, problems: eachOnce(problems) }
  })
}

/** Corrections copy properties: what is wrong at one place of the file is told once, and not again of each copy. */
function eachOnce(problems: readonly Problem[]): readonly Problem[] {
  const told = new Set<string>()
  return problems.filter(({ code, path, line, column, sentence }) => {
    const place = line === undefined ? path : `${line}:${column}`
    const problem = JSON.stringify([code, place, sentence])
    return !told.has(problem) && told.add(problem)
  })
}

/** Characters of a value that a problem shows. */
const shownCharacters = 80

/** The value is shown as it stands in the file, where it was read from one. */
export function toProblem({ code, rule, value, sentence }: Finding, place: PlaceInFile): Problem {
  const { text = value, ...where } = place
  const shown = value === undefined ? {} : { value: (text ?? '').slice(0, shownCharacters) }
  return { code, ...where, rule, ...shown, sentence }
}

function unexpectedProblem({ element, what }: Unexpected, record: ReportRecord): Problem {
  const sentences: Readonly<Record<string, string>> = {
    // Its name is not one of ours: it could be anything, and stands in the path only, as what a citizen wrote does in the value.
    element: 'An element has no place here: take it out, for it could not be sent.',
    'second element': `${element.name} is there a second time: keep one, for the other could not be sent.`,
    text: `There is text in ${element.name}, where only elements may be: take it out.`,
  }
  const sentence = sentences[what] ?? `${element.name} has an unknown attribute: take it out.`
  const finding = { code: voaCodes.schema, rule: what, path: '', sentence }
  return toProblem(finding, placeOfElement(record.element, element, record.index))
}
