import type { Problem, XmlElement } from '@portreeve/formats'
import { correctReport } from './corrections/correct-report.ts'
import type { Correction } from './corrections/correction.ts'
import { type PlaceInFile, placeOf, placeOfElement } from './raw/place.ts'
import type { Unexpected } from './read-report.ts'
import { readReport } from './read-report.ts'
import { checkReport } from './rules/check-report.ts'
import type { Finding } from './rules/finding.ts'
import { voaCodes } from './rules/voa-codes.ts'
import type { SchemaCheck } from './schema.ts'
import type { BApropertyReport } from './vendor-types.ts'

/** A report, the copy of it that is to be sent, and what stands against sending it. */
export interface JudgedReport {
  readonly arrived: BApropertyReport
  readonly corrected: BApropertyReport
  readonly corrections: readonly Correction[]
  /** Empty: it may be sent. */
  readonly problems: readonly Problem[]
}

/** The order of the VOA's service: read leniently, correct, business rules, schema. `index` counts from 0. */
export function judgeElement(element: XmlElement, index: number, schema: SchemaCheck): JudgedReport {
  const { node: arrived, unexpected } = readReport(element)
  const judged = judgeReport(arrived, index, schema)
  if (unexpected.length === 0) return judged
  const unknown = unexpected.map((found) => unexpectedProblem(found, element, index))
  return { ...judged, problems: [...unknown, ...judged.problems] }
}

/** As `judgeElement`, of a report that was not read from a file. */
export function judgeReport(arrived: BApropertyReport, index: number, schema: SchemaCheck): JudgedReport {
  const { report: corrected, corrections } = correctReport(arrived)
  const findings = checkReport(corrected)
  const against = findings.length > 0 ? findings : schema(corrected)
  const problems = against.map((finding) => toProblem(finding, placeOf(corrected, finding.path, index)))
  return { arrived, corrected, corrections, problems }
}

/** Characters of a value that a problem shows. */
const shownCharacters = 80

/** The value is shown as it stands in the file, where it was read from one. */
export function toProblem({ code, rule, value, sentence }: Finding, place: PlaceInFile): Problem {
  const { text = value, ...where } = place
  const shown = value === undefined ? {} : { value: (text ?? '').slice(0, shownCharacters) }
  return { code, ...where, rule, ...shown, sentence }
}

function unexpectedProblem({ element, what }: Unexpected, report: XmlElement, index: number): Problem {
  const sentences: Readonly<Record<string, string>> = {
    element: `${element.name} has no place here: take it out, for it could not be sent.`,
    'second element': `${element.name} is there a second time: keep one, for the other could not be sent.`,
    text: `There is text in ${element.name}, where only elements may be: take it out.`,
  }
  const sentence = sentences[what] ?? `${element.name} has an unknown attribute ${what}: take it out.`
  const finding = { code: voaCodes.schema, rule: what, path: '', sentence }
  return toProblem(finding, placeOfElement(report, element, index))
}
