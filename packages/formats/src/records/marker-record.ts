import type { RawRecord } from './raw-record.ts'
import { cellCutter } from './record-cells.ts'
import { type RecordColumn, recordColumn } from './record-column.ts'
import type { RecordField, RecordValue } from './record-field.ts'
import type { WholeLayout } from './record-layout.ts'
import { fileRefused } from './record-problem.ts'
import type { Taken } from './taken.ts'

/** The first or the last record of a file: constants, a count, and what is only written. */
export interface MarkerRecord {
  /**
   * The count that it tells, if it tells one.
   *
   * @throws SourceRefused when it is not this record
   */
  read(raw: RawRecord | undefined): number | null
  /** Its cells, with this many records between. */
  write(records: number): readonly Taken<string>[]
}

export function markerRecord(
  which: 'first' | 'last',
  { fields }: { readonly fields: readonly RecordField[] },
  layout: WholeLayout,
): MarkerRecord {
  const columns: readonly RecordColumn[] = fields.map((field) => recordColumn(field, layout))
  const cut = cellCutter(columns, layout)
  return {
    read(raw) {
      if (raw === undefined) {
        throw fileRefused(`${which} record`, `The file has no ${which} record. Have it written again, whole.`)
      }
      const cells = cut(raw)
      const reason = raw.fault?.sentence ?? ('rule' in cells ? cells.sentence : null)
      if (reason !== null || 'rule' in cells) throw isNot(which, raw, reason ?? '')
      let count: number | null = null
      for (const [index, column] of columns.entries()) {
        const taken = column.read(cells.cells[index]?.text ?? '')
        if ('fault' in taken) throw isNot(which, raw, `${column.field.name} ${taken.fault.sentence}`)
        if (column.field.count && typeof taken.value === 'number') count = taken.value
      }
      return count
    },
    write: (records) => columns.map((column) => column.write(given(column.field, records))),
  }
}

function given({ count }: RecordField, records: number): RecordValue | undefined {
  return count ? records : undefined
}

function isNot(which: string, raw: RawRecord, reason: string) {
  const sentence = `This should be the ${which} record of the file and is not: ${reason}`
  return fileRefused(`${which} record`, sentence, raw)
}
