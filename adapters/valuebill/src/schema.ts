import { fileURLToPath } from 'node:url'
import { type Problem, ValueRefused, type XmlElement, xsdValidator } from '@portreeve/formats'
import { foreignCharacter } from './restricted-string.ts'
import type { Finding } from './rules/finding.ts'
import { voaCodes } from './rules/voa-codes.ts'
import type { BApropertyReport } from './vendor-types.ts'
import { documentElement, rootElement } from './write-document.ts'
import { reportElement } from './write-report.ts'

/** What the schema has against a corrected report; nothing means that it may be sent. */
export type SchemaCheck = (report: BApropertyReport) => readonly Finding[]

export interface Schema extends Disposable {
  readonly checkReport: SchemaCheck
  readonly isValid: (document: XmlElement) => boolean
}

const ourFolder = fileURLToPath(new URL('../../../schemas/xml/valuebill', import.meta.url))

/** A header and a trailer for a report that is checked by itself; never sent. */
const frame = documentElement([{}], { billingAuthority: 'ANY', billingAuthorityCode: '1', at: new Date(0) }).children

function inFrame(reports: readonly XmlElement[]): XmlElement {
  return rootElement([...frame.slice(0, 1), ...reports, ...frame.slice(-1)])
}

/**
 * The schema that documents are held against: ours, or the publisher's files in `folder`.
 *
 * @throws PortreeveError `PRV_FORMATS_SCHEMA_UNUSABLE`
 */
export async function openSchema(folder?: string): Promise<Schema> {
  const validator = await xsdValidator(
    folder === undefined
      ? { folder: ourFolder, rootFile: 'valuebill-ba-to-voa.xsd' }
      : { folder, rootFile: 'ValuebillBAtoVOA-v3-1d.xsd' },
  )
  return {
    checkReport(report) {
      const record = { element: reportElement(report), path: '' }
      const [problems = []] = orRefused(() => validator.validateRecords([record], inFrame))
      return problems.map(toFinding)
    },
    isValid: (document) => orRefused(() => [validator.validate(document)])[0]?.length === 0,
    [Symbol.dispose]: () => validator[Symbol.dispose](),
  }
}

/** A text with characters that XML does not have is a fault of the report like any other. */
function orRefused(check: () => readonly (readonly Problem[])[]): readonly (readonly Problem[])[] {
  try {
    return check()
  } catch (error) {
    if (error instanceof ValueRefused) return [error.problems]
    throw error
  }
}

function toFinding({ code, path, rule, value, sentence }: Problem): Finding {
  const step = path.replace(/^\/(BAreports\/BApropertyReport\/)?/, '')
  const known = code === 'PRV_FORMATS_CHARACTER' ? code : voaCodes.schema
  const character = rule === 'pattern' && !patternOfItsOwn.test(step) ? foreignCharacter(value ?? '') : undefined
  const plain = character === undefined ? sentence : characterSentence(step, character)
  return { code: known, rule, path: step, ...(value !== undefined && { value }), sentence: plain }
}

/** Elements whose pattern is not that of RestrictedString. */
const patternOfItsOwn = /(^|\/)(Post[cC]ode|Suffix|Description|(Tel|Fax)\w+)$/

function characterSentence(path: string, character: string): string {
  const element = path.slice(path.lastIndexOf('/') + 1).replace(/\[\d+\]$/, '')
  return `${element} has the character ${character}, which the VOA does not take: write it without.`
}
