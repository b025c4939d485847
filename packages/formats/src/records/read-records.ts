import type { ByteSource, ReadFormatOptions, ReadItem } from '../message-format.ts'
import type { Problem } from '../problem.ts'
import type { MarkerRecord } from './marker-record.ts'
import type { RawRecord } from './raw-record.ts'
import { rawRecords } from './raw-records.ts'
import { cellCutter } from './record-cells.ts'
import type { RecordColumn } from './record-column.ts'
import type { RecordValue, RecordValues } from './record-field.ts'
import { headerCutter } from './record-header.ts'
import type { WholeLayout } from './record-layout.ts'
import { cellProblem, fileRefused, recordProblem } from './record-problem.ts'
import { recordText, type TextMeter } from './record-text.ts'

/** A layout, made ready. */
export interface LayoutParts {
  readonly layout: WholeLayout
  readonly maxCharacters: number
  readonly columns: readonly RecordColumn[]
  readonly first: MarkerRecord | null
  readonly last: MarkerRecord | null
}

/** A record, and the line that it begins in, from 1. */
export type RecordItem = ReadItem<RecordValues> & { readonly line: number }

export async function* readRecords(
  source: ByteSource,
  parts: LayoutParts,
  meter: TextMeter,
  options?: ReadFormatOptions,
): AsyncGenerator<RecordItem> {
  const { layout, maxCharacters, columns, first, last } = parts
  const raws = rawRecords(recordText(source, layout, meter, options), layout, maxCharacters)
  try {
    const counted = first ? first.read(await nextOf(raws)) : null
    const cut = layout.format === 'csv' && layout.header ? await cutterOf(raws, parts) : cellCutter(columns, layout)
    let held: RawRecord | undefined
    for await (const raw of raws) {
      // The last record may be of another kind: which one is the last is known when nothing comes behind it.
      const record = last ? held : raw
      held = raw
      if (record) yield itemOf(record, meter.recordsRead++, cut, columns)
    }
    for (const told of [counted, last ? last.read(held) : null]) {
      if (told === null || told === meter.recordsRead) continue
      const sentence = `The file says that it has ${told} records, and has ${meter.recordsRead}. Have it written again, whole.`
      throw fileRefused('count of records', sentence, held)
    }
  } finally {
    await raws.return(undefined)
  }
}

async function cutterOf(raws: AsyncGenerator<RawRecord>, { columns, layout }: LayoutParts) {
  const header = await nextOf(raws)
  if (header) return headerCutter(header, columns, layout)
  throw fileRefused('column names', 'The file is empty; not even column names are there. Have it written again, whole.')
}

async function nextOf(raws: AsyncGenerator<RawRecord>): Promise<RawRecord | undefined> {
  const { done, value } = await raws.next()
  return done ? undefined : value
}

function itemOf(
  raw: RawRecord,
  index: number,
  cut: ReturnType<typeof cellCutter>,
  columns: readonly RecordColumn[],
): RecordItem {
  const { line } = raw
  const found = raw.fault ?? cut(raw)
  if ('rule' in found) return { index, line, problems: [recordProblem(raw, index, found.rule, found.sentence)] }
  const values: Record<string, RecordValue> = {}
  const problems: Problem[] = []
  for (const [at, cell] of found.cells.entries()) {
    const column = columns[at]
    if (!column) continue
    const taken = column.read(cell.text)
    if ('fault' in taken) problems.push(cellProblem(raw, index, column, cell, taken.fault))
    else if (taken.value !== undefined) values[column.field.name] = taken.value
  }
  const [problem, ...more] = problems
  return problem ? { index, line, problems: [problem, ...more] } : { index, line, value: values, problems: [] }
}
