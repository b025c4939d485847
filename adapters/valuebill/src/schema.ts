import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Problem,
  type RecordAt,
  ValueRefused,
  type XmlElement,
  type XsdValidator,
  xsdValidator,
} from '@portreeve/formats'
import { type CodeLists, ourCodeLists } from './codes/code-lists.ts'
import { foreignCharacter } from './restricted-string.ts'
import type { Finding } from './rules/finding.ts'
import { voaCodes } from './rules/voa-codes.ts'
import type { BApropertyReport } from './vendor-types.ts'
import { documentElement, rootElement } from './write-document.ts'
import { reportElement } from './write-report.ts'

/** What the schema has against each of some corrected reports, in order; nothing means that it may be sent. */
export type SchemaCheck = (reports: readonly BApropertyReport[]) => readonly (readonly Finding[])[]

export interface Schema extends Disposable {
  readonly checkReports: SchemaCheck
  readonly isValid: (document: XmlElement) => boolean
}

const ourFolder = fileURLToPath(new URL('../../../schemas/xml/valuebill', import.meta.url))

const rootFile = 'valuebill-ba-to-voa.xsd'

/** A header and a trailer for a report that is checked by itself; never sent. */
const frame = documentElement([{}], { billingAuthority: 'ANY', billingAuthorityCode: '1', at: new Date(0) }).children

function inFrame(reports: readonly XmlElement[]): XmlElement {
  return rootElement([...frame.slice(0, 1), ...reports, ...frame.slice(-1)])
}

/**
 * The schema that documents are held against: ours, with these codes, or the publisher's files in `folder`, with theirs.
 *
 * @throws PortreeveError `PRV_FORMATS_SCHEMA_UNUSABLE`
 */
export async function openSchema(folder?: string, codes: CodeLists = ourCodeLists): Promise<Schema> {
  const validator = await xsdValidator(
    folder === undefined
      ? { folder: ourFolder, rootFile, inPlaceOf: new Map([[rootFile, withCodes(codes)]]) }
      : { folder, rootFile: 'ValuebillBAtoVOA-v3-1d.xsd' },
  )
  return {
    checkReports(reports) {
      const records = reports.map((report) => ({ element: reportElement(report), path: '' }))
      return problemsOf(validator, records).map((problems) => problems.map(toFinding))
    },
    isValid(document) {
      try {
        return validator.validate(document).length === 0
      } catch (error) {
        if (error instanceof ValueRefused) return false
        throw error
      }
    },
    [Symbol.dispose]: () => validator[Symbol.dispose](),
  }
}

/** Our schema, with the codes of these lists in its enumerations. */
function withCodes(codes: CodeLists): Uint8Array {
  let schema = readFileSync(join(ourFolder, rootFile), 'utf8')
  for (const [name, list] of Object.entries(codes)) {
    const values = [...list.keys()].map((code) => `<xs:enumeration value="${code}"/>`).join('')
    const enumerations = new RegExp(
      `(<xs:simpleType name="${name}ContentType">.*?<xs:restriction [^>]*>).*?(</xs:restriction>)`,
      's',
    )
    schema = schema.replace(enumerations, `$1${values}$2`)
  }
  return new TextEncoder().encode(schema)
}

/** A text with characters that XML does not have is a fault of its report alone, like any other. */
function problemsOf(validator: XsdValidator, records: readonly RecordAt[]): readonly (readonly Problem[])[] {
  try {
    return validator.validateRecords(records, inFrame)
  } catch (error) {
    if (!(error instanceof ValueRefused)) throw error
    return records.length === 1 ? [error.problems] : records.flatMap((record) => problemsOf(validator, [record]))
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
