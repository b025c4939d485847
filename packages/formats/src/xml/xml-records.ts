import { byteSlices } from '../byte-slices.ts'
import type { ByteSource, ReadFormatOptions, ReadProgress } from '../message-format.ts'
import { ProgressMeter } from '../progress-meter.ts'
import { RecordSplitter, type XmlRecordsShape } from './record-splitter.ts'
import type { XmlElement } from './xml-element.ts'
import { XmlInput } from './xml-input.ts'
import { defaultXmlLimits, type XmlLimits } from './xml-limits.ts'
import type { XmlPart } from './xml-part.ts'

export interface XmlRecordsOptions extends XmlRecordsShape {
  readonly limits?: Partial<XmlLimits>
  /** Read `&nbsp;` as a space wherever it stands, as the VOA's service does. Default false: it is not well formed. */
  readonly replaceNbsp?: boolean
}

export interface ReadRecordsOptions extends ReadFormatOptions {
  /** Records before this index are passed over, and no tree is built for them. Default 0. */
  readonly fromIndex?: number
}

/** What a whole file was found to hold, its records aside. */
export interface XmlOutline extends ReadProgress {
  /** Attributes only. */
  readonly root: XmlElement
  /** Header, trailer: the children of the root that are no records, in document order. */
  readonly others: readonly XmlElement[]
}

/** Reads files of many records one record at a time, in bounded memory. */
export interface XmlRecords {
  /**
   * The file's parts in document order. Reading waits while a part is used. Rejects with `SourceRefused` when the file
   * as a whole is at fault; what came before must not be used then, so ask `check` first.
   */
  read(source: ByteSource, options?: ReadRecordsOptions): AsyncGenerator<XmlPart, void, undefined>
  /** Reads to the end and builds no record. Rejects as `read` does. */
  check(source: ByteSource, options?: ReadFormatOptions): Promise<XmlOutline>
}

/**
 * A reader of files that hold a header, many records and a trailer in one root element, as a splitter (Hohpe & Woolf)
 * needs them.
 *
 * @example xmlRecords({ root: { namespace, name: 'BAreports' }, record: { namespace, name: 'BApropertyReport' } })
 */
export function xmlRecords(options: XmlRecordsOptions): XmlRecords {
  const limits = { ...defaultXmlLimits, ...options.limits }
  return {
    async *read(source, read = {}) {
      for await (const { parts } of split(source, options, limits, read)) yield* parts
    },
    async check(source, read = {}) {
      let root: XmlElement | undefined
      let last: ReadProgress = { bytesRead: 0, recordsRead: 0 }
      const others: XmlElement[] = []
      for await (const { parts, progress } of split(source, options, limits, { ...read, fromIndex: never })) {
        for (const { kind, element } of parts) {
          if (kind === 'root') root = element
          else others.push(element)
        }
        last = progress
      }
      if (root === undefined) throw new TypeError('a file was read to its end and no root was found')
      return { ...last, root, others }
    },
  }
}

/** No record has this index. */
const never = Number.POSITIVE_INFINITY

interface Pieces {
  readonly parts: readonly XmlPart[]
  readonly progress: ReadProgress
}

async function* split(
  source: ByteSource,
  options: XmlRecordsOptions,
  limits: XmlLimits,
  { fromIndex = 0, onProgress, signal }: ReadRecordsOptions,
): AsyncGenerator<Pieces> {
  const meter = new ProgressMeter(onProgress)
  let splitter: RecordSplitter | undefined
  const input = new XmlInput((encoding) => {
    splitter = new RecordSplitter(options, limits, encoding, fromIndex)
    return splitter.reader
  }, options.replaceNbsp)
  let bytesRead = 0
  const done = (): Pieces => ({
    parts: splitter?.takeParts() ?? [],
    progress: { bytesRead, recordsRead: splitter?.recordsRead ?? 0 },
  })
  for await (const slice of withEnd(byteSlices(source, signal))) {
    bytesRead += slice?.length ?? 0
    let fault: unknown
    try {
      if (slice === end) input.end()
      else input.write(slice)
    } catch (error) {
      fault = error
    }
    // What was completed before a fault comes before it, so that nothing depends on how the bytes were cut.
    const pieces = done()
    yield pieces
    if (fault !== undefined) throw fault
    if (slice === end) meter.end(pieces.progress)
    else meter.at(pieces.progress)
  }
}

const end = undefined

async function* withEnd(slices: AsyncIterable<Buffer>): AsyncGenerator<Buffer | typeof end> {
  yield* slices
  yield end
}
