import type { ByteSource, MessageFormat, ReadFormatOptions, ReadItem } from '../message-format.ts'
import type { Problem } from '../problem.ts'
import type { RecordAt, XsdValidator } from '../xsd/xsd-validator.ts'
import { type WriteXmlOptions, writeXml } from './write-xml.ts'
import type { XmlElement } from './xml-element.ts'
import { type XmlRecordsOptions, xmlRecords } from './xml-records.ts'

/** A mapped record, or why it could not be mapped. */
export type Mapped<Value> =
  | { readonly value: Value; readonly problems?: undefined }
  | { readonly value?: undefined; readonly problems: readonly [Problem, ...Problem[]] }

export interface XmlFormatOptions<Value> {
  /** How a file is laid out, and its limits. */
  readonly layout: XmlRecordsOptions
  /** A whole file around some records: for what is written, and for the schema; valid but for the records. */
  readonly wrap: (records: readonly XmlElement[]) => XmlElement
  /** Records that it finds fault with are not mapped. The caller disposes it. Default: no schema. */
  readonly schema?: XsdValidator
  readonly fromElement: (record: XmlElement, path: string) => Mapped<Value>
  readonly toElement: (value: Value) => XmlElement
  /** Prefixes, encoding, indentation of what is written. */
  readonly writing?: WriteXmlOptions
  /** Default `application/xml`. */
  readonly mediaType?: string
}

/** Records are handed to the schema together, which costs less than one by one. */
const recordsAtOnce = 20

/** Files of records as a message format: each record is one value. */
export function xmlFormat<Value>(options: XmlFormatOptions<Value>): MessageFormat<Value> {
  return new XmlFormat(options)
}

interface Waiting extends RecordAt {
  readonly index: number
}

class XmlFormat<Value> implements MessageFormat<Value> {
  readonly mediaType: string
  readonly #options: XmlFormatOptions<Value>

  constructor(options: XmlFormatOptions<Value>) {
    this.#options = options
    this.mediaType = options.mediaType ?? 'application/xml'
  }

  async *read(source: ByteSource, options?: ReadFormatOptions): AsyncGenerator<ReadItem<Value>> {
    let waiting: Waiting[] = []
    for await (const part of xmlRecords(this.#options.layout).read(source, options)) {
      if (part.kind !== 'record') continue
      waiting.push(part)
      if (waiting.length < recordsAtOnce) continue
      yield* this.#items(waiting)
      waiting = []
    }
    yield* this.#items(waiting)
  }

  async check(source: ByteSource, options?: ReadFormatOptions) {
    const { bytesRead, recordsRead } = await xmlRecords(this.#options.layout).check(source, options)
    return { bytesRead, recordsRead }
  }

  write(value: Value): Uint8Array {
    const { wrap, toElement, writing } = this.#options
    return writeXml(wrap([toElement(value)]), writing)
  }

  *#items(records: readonly Waiting[]): Generator<ReadItem<Value>> {
    const { schema, wrap, fromElement } = this.#options
    const found = schema?.validateRecords(records, wrap)
    for (const [at, { index, element, path }] of records.entries()) {
      const [first, ...more] = found?.[at] ?? []
      if (first !== undefined) {
        yield { index, problems: [first, ...more] }
        continue
      }
      const mapped = fromElement(element, path)
      yield mapped.problems ? { index, problems: mapped.problems } : { index, value: mapped.value, problems: [] }
    }
  }
}
