import { cutValue } from '../cut-value.ts'
import type { Problem } from '../problem.ts'
import { refused } from '../refused.ts'
import type { SourceRefused } from '../source-refused.ts'
import { placeIn, type RawRecord } from './raw-record.ts'
import type { RecordColumn } from './record-column.ts'
import type { FieldFault } from './taken.ts'

/** A cell that cannot be read: the path has the name of its field, the sentence that of its column, which stands in the file. */
export function cellProblem(
  raw: RawRecord,
  index: number,
  { field: { name }, heading }: Pick<RecordColumn, 'field' | 'heading'>,
  cell: { readonly text: string; readonly at: number },
  fault: FieldFault,
): Problem {
  return {
    ...fieldProblem(`/record[${index + 1}]/${name}`, heading, fault),
    ...placeIn(raw, cell.at),
    ...(cell.text !== '' && { value: cutValue(cell.text) }),
  }
}

/** A value that cannot be written. */
export function fieldProblem(path: string, name: string, { code, rule, sentence }: FieldFault): Problem {
  return { code: code ?? 'PRV_FORMATS_SCHEMA', path, rule, sentence: `${name} ${sentence}` }
}

/** A record that cannot be taken apart, or not into its fields. */
export function recordProblem(raw: RawRecord, index: number, rule: string, sentence: string): Problem {
  const at = raw.fault === undefined ? 0 : raw.text.length
  return { code: 'PRV_FORMATS_NOT_WELL_FORMED', path: `/record[${index + 1}]`, ...placeIn(raw, at), rule, sentence }
}

/** The file as a whole is not what the layout says. */
export function fileRefused(rule: string, sentence: string, raw?: RawRecord): SourceRefused {
  return refused('PRV_FORMATS_STRUCTURE', { path: '', rule, sentence, ...(raw && { place: placeIn(raw, 0) }) })
}
