import type { ByteSource, ReadFormatOptions, ReadProgress } from '../message-format.ts'
import { encodingFault } from '../refused.ts'
import { decodeXml } from './decode-xml.ts'
import { NbspReplacer, type Replaced } from './nbsp-replacer.ts'
import { RecordSplitter, type XmlRecordsShape } from './record-splitter.ts'
import type { XmlElement } from './xml-element.ts'
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
    async *read(source, { fromIndex = 0, onProgress, signal } = {}) {
      for await (const { parts, progress } of split(source, options, limits, fromIndex, signal)) {
        yield* parts
        onProgress?.(progress)
      }
    },
    async check(source, { onProgress, signal } = {}) {
      let root: XmlElement | undefined
      let last: ReadProgress = { bytesRead: 0, recordsRead: 0 }
      const others: XmlElement[] = []
      for await (const { parts, progress } of split(source, options, limits, Number.POSITIVE_INFINITY, signal)) {
        for (const { kind, element } of parts) {
          if (kind === 'root') root = element
          else others.push(element)
        }
        last = progress
        onProgress?.(progress)
      }
      if (root === undefined) throw new TypeError('a file was read to its end and no root was found')
      return { ...last, root, others }
    },
  }
}

interface Pieces {
  readonly parts: readonly XmlPart[]
  readonly progress: ReadProgress
}

async function* split(
  source: ByteSource,
  { replaceNbsp = false, ...shape }: XmlRecordsOptions,
  limits: XmlLimits,
  fromIndex: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Pieces> {
  const nbsp = replaceNbsp ? new NbspReplacer() : undefined
  let splitter: RecordSplitter | undefined
  let bytesRead = 0
  for await (const piece of decodeXml(source, signal)) {
    bytesRead = piece.bytesRead
    if (piece.encoding === undefined) throw encodingFault(piece.fault.rule, '', { line: 1, column: 1 })
    splitter ??= new RecordSplitter(shape, limits, piece.encoding, fromIndex)
    yield* partsOf(splitter, bytesRead, ({ reader }) => {
      reader.write(nbsp?.write(piece.text) ?? asItIs(piece.text))
      if (piece.fault === undefined) return
      if (nbsp !== undefined) reader.write(nbsp.end())
      throw reader.undecodable(piece.fault.rule)
    })
  }
  if (splitter === undefined) return
  yield* partsOf(splitter, bytesRead, ({ reader }) => {
    if (nbsp !== undefined) reader.write(nbsp.end())
    reader.end()
  })
}

/** Hands on what was completed before a fault, wherever the text was cut, and throws the fault afterwards. */
function* partsOf(
  splitter: RecordSplitter,
  bytesRead: number,
  work: (splitter: RecordSplitter) => void,
): Generator<Pieces> {
  let failure: unknown
  try {
    work(splitter)
  } catch (error) {
    failure = error
  }
  yield { parts: splitter.takeParts(), progress: { bytesRead, recordsRead: splitter.recordsRead } }
  if (failure !== undefined) throw failure
}

function asItIs(text: string): Replaced {
  return { original: text, text, spacesAt: [] }
}
