import type { ByteSource, MessageFormat, ReadFormatOptions, ReadItem, ReadProgress } from '../message-format.ts'
import type { Problem } from '../problem.ts'
import { ValueRefused } from '../value-refused.ts'
import { layoutFaults } from './layout-faults.ts'
import { markerRecord } from './marker-record.ts'
import { type LayoutParts, type RecordItem, readRecords } from './read-records.ts'
import { encodeText } from './record-characters.ts'
import { recordColumn } from './record-column.ts'
import type { RecordValues } from './record-field.ts'
import { layoutDefaults, type RecordLayout, type WholeLayout } from './record-layout.ts'
import { recordWriter } from './write-records.ts'

export interface RecordFormatOptions {
  /** Most characters that one record may have. Default 65,536. */
  readonly maxRecordCharacters?: number
}

/**
 * Records of a CSV or fixed-width file. A file whose header, first or last record is not what the layout says is at fault as a
 * whole. A record that cannot be read is an item with problems; the next one begins in the line behind the fault.
 */
export interface RecordFormat extends MessageFormat<RecordValues> {
  /** As `read`, with the line of each record. */
  records(source: ByteSource, options?: ReadFormatOptions): AsyncIterable<RecordItem>
  /** A whole file. @throws ValueRefused with all that is wrong; paths begin with `/record[n]` */
  writeAll(records: readonly RecordValues[]): Uint8Array
  /** Why a record cannot be written: never cut, never changed. Sentences hold no value. */
  problemsOf(values: RecordValues): readonly Problem[]
}

/** @throws TypeError for a layout that has `layoutFaults`: ask first */
export function recordFormat(
  layout: RecordLayout,
  { maxRecordCharacters = 65_536 }: RecordFormatOptions = {},
): RecordFormat {
  const [fault] = layoutFaults(layout)
  if (fault) throw new TypeError(`the layout cannot be used: ${fault.pointer}: ${fault.sentence}`)
  return new LaidOutRecords({ ...layoutDefaults, ...layout }, maxRecordCharacters)
}

class LaidOutRecords implements RecordFormat {
  readonly mediaType: string
  readonly #parts: LayoutParts
  readonly #writer: ReturnType<typeof recordWriter>

  constructor(layout: WholeLayout, maxCharacters: number) {
    const { format, encoding, firstRecord, fields, lastRecord } = layout
    this.mediaType = `${format === 'csv' ? 'text/csv' : 'text/plain'}; charset=${encoding}`
    this.#parts = {
      layout,
      maxCharacters,
      columns: fields.map((field) => recordColumn(field, layout)),
      first: firstRecord ? markerRecord('first', firstRecord, layout) : null,
      last: lastRecord ? markerRecord('last', lastRecord, layout) : null,
    }
    this.#writer = recordWriter(this.#parts)
  }

  records(source: ByteSource, options?: ReadFormatOptions): AsyncGenerator<RecordItem> {
    return readRecords(source, this.#parts, { bytesRead: 0, recordsRead: 0 }, options)
  }

  async *read(source: ByteSource, options?: ReadFormatOptions): AsyncGenerator<ReadItem<RecordValues>> {
    for await (const { line: _line, ...item } of this.records(source, options)) yield item
  }

  async check(source: ByteSource, options?: ReadFormatOptions): Promise<ReadProgress> {
    const meter = { bytesRead: 0, recordsRead: 0 }
    for await (const _item of readRecords(source, this.#parts, meter, options)) {
      // Only the meter counts.
    }
    return { ...meter }
  }

  write(values: RecordValues): Uint8Array {
    return this.writeAll([values])
  }

  writeAll(records: readonly RecordValues[]): Uint8Array {
    const [first, ...more] = records.flatMap((values, index) =>
      this.problemsOf(values).map((problem) => ({ ...problem, path: `/record[${index + 1}]${problem.path}` })),
    )
    if (first) throw new ValueRefused([first, ...more])
    return encodeText(this.#writer.file(records), this.#parts.layout.encoding)
  }

  problemsOf(values: RecordValues): readonly Problem[] {
    return this.#writer.problems(values)
  }
}
