import { cutValue } from './cut-value.ts'
import type { Problem } from './problem.ts'
import { SourceRefused } from './source-refused.ts'

/** Codes with which a source as a whole is refused. */
export type RefusalCode =
  | 'PRV_FORMATS_NOT_WELL_FORMED'
  | 'PRV_FORMATS_DOCTYPE'
  | 'PRV_FORMATS_XML_VERSION'
  | 'PRV_FORMATS_ENCODING'
  | 'PRV_FORMATS_LIMIT'
  | 'PRV_FORMATS_STRUCTURE'

export interface Fault extends Pick<Problem, 'path' | 'rule' | 'sentence' | 'value'> {
  readonly place?: { readonly line: number; readonly column: number }
}

export function refused(code: RefusalCode, fault: Fault): SourceRefused {
  const { place, value, ...said } = fault
  return new SourceRefused({ code, ...said, ...place, ...(value === undefined ? {} : { value: cutValue(value) }) })
}

/** Bytes that are no text in the encoding which the file declares. */
export function encodingFault(rule: string, path: string, place?: Fault['place']): SourceRefused {
  const sentence = `The file is not in the encoding that it declares: ${rule}. Save it as UTF-8, and declare UTF-8 in its first line.`
  return refused('PRV_FORMATS_ENCODING', { path, rule, sentence, ...(place && { place }) })
}
