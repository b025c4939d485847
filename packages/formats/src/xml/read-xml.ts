import type { Encoding } from './detect-encoding.ts'
import { TreeBuilder } from './tree-builder.ts'
import type { XmlElement } from './xml-element.ts'
import type { StartTag, XmlHandler } from './xml-handler.ts'
import { XmlInput } from './xml-input.ts'
import { defaultXmlLimits, type XmlLimits } from './xml-limits.ts'
import { XmlReader } from './xml-reader.ts'

export interface ReadXmlOptions {
  /** The document as a whole may have what a record may have. */
  readonly limits?: Partial<XmlLimits>
  /** Read `&nbsp;` as a space wherever it stands. Default false: it is not well formed. */
  readonly replaceNbsp?: boolean
}

/**
 * The tree of a small document that is all in memory.
 *
 * @throws SourceRefused
 */
export function readXml(bytes: Uint8Array, { limits = {}, replaceNbsp = false }: ReadXmlOptions = {}): XmlElement {
  let document: Document | undefined
  const input = new XmlInput((encoding) => {
    document = new Document({ ...defaultXmlLimits, ...limits }, encoding)
    return document.reader
  }, replaceNbsp)
  input.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  input.end()
  if (document?.root === undefined) throw new TypeError('a document was read to its end and no root was found')
  return document.root
}

class Document implements XmlHandler {
  readonly reader: XmlReader
  root: XmlElement | undefined
  readonly #maxElements: number
  readonly #tree = new TreeBuilder()
  readonly #path: string[] = []
  #lastClosed = ''
  #elements = 0

  constructor(limits: XmlLimits, encoding: Encoding) {
    this.reader = new XmlReader(this, limits, encoding)
    this.#maxElements = limits.maxRecordElements
  }

  open(tag: StartTag, offset: number): void {
    if (this.#path.length === 0) this.reader.beginPart(offset)
    this.#path.push(tag.local)
    this.#elements += 1
    if (this.#elements > this.#maxElements) throw this.reader.overLimit(`at most ${this.#maxElements} elements`, offset)
    const { line, column } = this.reader.placeOf(offset)
    this.#tree.open(tag, line, column)
  }

  close(): void {
    this.root = this.#tree.close()
    this.#lastClosed = this.#path.pop() ?? ''
    if (this.root !== undefined) this.reader.endPart()
  }

  text(text: string): void {
    this.#tree.text(text)
  }

  retract(): void {
    this.#path.push(this.#lastClosed)
  }

  path(): string {
    return this.#path.map((name) => `/${name}`).join('')
  }
}
