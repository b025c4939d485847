import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ParseOption, XmlDocument, XmlLibError, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'
import { appendProposed } from './append-proposed.ts'
import { type BusinessError, businessErrors } from './business-rules.ts'
import { mendFrame } from './mend-frame.ts'
import { olderErrors } from './older-rules.ts'
import type { ReportErrors, ReportIdentity } from './register.ts'
import { all, child, type ReportNode, readReports } from './report-node.ts'

export interface JudgeOptions {
  readonly authorityCode: string
  readonly olderRules: boolean
  readonly refuse: Readonly<Record<string, string>>
  readonly now: Date
  readonly corrects: boolean
}

/** No errors means that all reports are taken. */
export interface Judgement {
  readonly errors: readonly ReportErrors[]
  readonly reports: readonly ReportIdentity[]
  /** What goes on to the list system; absent where nothing does. */
  readonly passedOn?: string
}

export interface Judge extends Disposable {
  judge(submitted: Uint8Array, options: JudgeOptions): Judgement
}

/**
 * The service's order of work (hmrc/voa-bar): no-break space entities, no document type, reading, corrections, header and
 * trailer mended, header, business rules, schema. It stops after the first step that finds something. Of the corrections it
 * makes those that show when they are made twice; the others change nothing of what a sender of ours has corrected. It reads out of libxml2's tree, so that it shares no reading code with the adapter.
 */
export function openJudge(): Judge {
  xmlRegisterFsInputProviders()
  const path = fileURLToPath(new URL('../../../../schemas/xml/valuebill/valuebill-ba-to-voa.xsd', import.meta.url))
  using source = XmlDocument.fromBuffer(readFileSync(path), { url: path })
  const schema = XsdValidator.fromDoc(source)
  return {
    judge: (submitted, options) => judgeDocument(schema, submitted, options),
    [Symbol.dispose]: () => schema.dispose(),
  }
}

function judgeDocument(schema: XsdValidator, submitted: Uint8Array, options: JudgeOptions): Judgement {
  let document: XmlDocument
  try {
    document = XmlDocument.fromBuffer(withoutNoBreakSpaces(submitted), { option: ParseOption.XML_PARSE_NO_XXE })
  } catch (error) {
    if (error instanceof XmlLibError) return failed(ofDocument('2001'))
    throw error
  }
  using _ = document
  if (document.dtd !== null) return failed(ofDocument('2001'))
  if (options.corrects) appendProposed(document)
  const reports = readReports(document)
  const header = mendFrame(document, reports.length, options.now)
  const headerErrors = checkHeader(header.billingAuthorityIdentityCode, options.authorityCode)
  if (headerErrors.length > 0) return failed(...headerErrors)
  const { '*': ofWhole } = options.refuse
  if (ofWhole !== undefined) return failed(ofDocument(ofWhole))
  const reportErrors = reports.flatMap((report) => checkReport(report, options))
  if (reportErrors.length > 0) return failed(...reportErrors)
  try {
    schema.validate(document)
  } catch (error) {
    if (error instanceof XmlLibError) return failed(ofDocument('2000', error.message.split('\n')[0] ?? ''))
    throw error
  }
  return { errors: [], reports: reports.map(identityOf), passedOn: document.toString({ format: false }) }
}

function checkHeader(code: string | undefined, authorityCode: string): readonly ReportErrors[] {
  if (code === undefined || Number(code) === 0) return [ofDocument('1012')]
  return Number(code) === Number(authorityCode) ? [] : [ofDocument('1010', code)]
}

function checkReport(report: ReportNode, options: JudgeOptions): readonly ReportErrors[] {
  const identity = identityOf(report)
  const refused = Object.hasOwn(options.refuse, identity.reportNumber)
    ? options.refuse[identity.reportNumber]
    : undefined
  const errors: readonly BusinessError[] = [
    ...businessErrors(report),
    ...(options.olderRules ? olderErrors(report, options.authorityCode) : []),
    ...(refused === undefined ? [] : [{ errorCode: refused, values: [] }]),
  ]
  return errors.length === 0 ? [] : [{ ...identity, errors }]
}

function identityOf(report: ReportNode): ReportIdentity {
  const uprns = ['ExistingEntries', 'ProposedEntries']
    .flatMap((side) => all(report, side, 'AssessmentProperties', 'PropertyIdentity', 'UniquePropertyReferenceNumber'))
    .map(({ text }) => text.trim())
  return {
    reportNumber: child(report, 'BAreportNumber')?.text ?? '',
    baTransaction: child(report, 'TransactionIdentityBA')?.text ?? '',
    uprn: [...new Set(uprns)].sort(),
  }
}

function ofDocument(errorCode: string, ...values: string[]): ReportErrors {
  return { reportNumber: null, baTransaction: null, uprn: [], errors: [{ errorCode, values }] }
}

function failed(...errors: readonly ReportErrors[]): Judgement {
  return { errors, reports: [] }
}

/** On the bytes, before anything is known of the encoding. */
function withoutNoBreakSpaces(submitted: Uint8Array): Uint8Array {
  const bytes = Buffer.from(submitted.buffer, submitted.byteOffset, submitted.byteLength)
  return bytes.includes('&nbsp;') ? Buffer.from(bytes.toString('latin1').replaceAll('&nbsp;', ' '), 'latin1') : bytes
}
