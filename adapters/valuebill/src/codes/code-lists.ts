import { readFile } from 'node:fs/promises'
import { PortreeveError } from '@portreeve/errors'
import { nndrPrimaryDescriptions, nndrSecondaryDescriptions } from './nndr-description-codes.ts'
import { ctaxReasonTitles, nndrReasonTitles } from './reason-codes.ts'
import { serviceErrorMeanings } from './service-errors.ts'

/** The lists that a file of the operator's can replace, by the publisher's names; the last one has none. */
export interface CodeLists {
  readonly CtaxReasonForReportCode: CodeList
  readonly NndrReasonForReportCode: CodeList
  readonly NndrPrimaryDescriptionCode: CodeList
  readonly NndrSecondaryDescriptionCode: CodeList
  /** Numbers of the service's errors, in words. */
  readonly ServiceErrorCode: CodeList
}

/** Code -> what it means; some codes were given out twice. */
export type CodeList = ReadonlyMap<string, readonly string[]>

export const ourCodeLists: CodeLists = {
  CtaxReasonForReportCode: withOneMeaning(ctaxReasonTitles),
  NndrReasonForReportCode: withOneMeaning(nndrReasonTitles),
  NndrPrimaryDescriptionCode: nndrPrimaryDescriptions,
  NndrSecondaryDescriptionCode: withOneMeaning(nndrSecondaryDescriptions),
  ServiceErrorCode: withOneMeaning(serviceErrorMeanings),
}

const names = Object.keys(ourCodeLists)
const columns = ['code_list', 'code', 'meaning']

/**
 * Our lists, and in their place those of the file: UTF-8, a line `code_list`, `code`, `meaning`, then one line a code, with
 * tabs between. A list in the file is a whole one; one that is not in it stays ours.
 *
 * @throws PortreeveError `PRV_VALUEBILL_CODES_UNUSABLE`
 */
export async function readCodeLists(file: string): Promise<CodeLists> {
  const [head = '', ...lines] = (await textOf(file)).replace(/^\uFEFF/, '').split(/\r?\n/)
  if (head !== columns.join('\t'))
    throw unusable(file, `its first line is not ${columns.join(', ')} with tabs between.`)
  const lists = new Map<string, Map<string, string[]>>()
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const [name = '', code = '', meaning = '', ...others] = line.split('\t')
    const place = `line ${index + 2}`
    if (meaning === '' || others.length > 0) throw unusable(file, `${place} has not three columns with tabs between.`)
    if (!names.includes(name)) throw unusable(file, `${place} is of the list ${name}; there are ${names.join(', ')}.`)
    if (!/^[\w.-]{1,20}$/.test(code)) throw unusable(file, `${place} has a code that is none: ${code.slice(0, 40)}.`)
    const list = lists.get(name) ?? new Map<string, string[]>()
    lists.set(name, list.set(code, [...(list.get(code) ?? []), meaning]))
  }
  if (lists.size === 0) throw unusable(file, 'it has no codes.')
  return { ...ourCodeLists, ...Object.fromEntries(lists) }
}

async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    throw unusable(file, `it cannot be read (${error instanceof Error ? error.message : error}).`, error)
  }
}

function unusable(file: string, reason: string, cause?: unknown): PortreeveError {
  return new PortreeveError('PRV_VALUEBILL_CODES_UNUSABLE', { file, reason }, { cause })
}

function withOneMeaning(titles: ReadonlyMap<string, string>): CodeList {
  return new Map([...titles].map(([code, title]) => [code, [title]]))
}
