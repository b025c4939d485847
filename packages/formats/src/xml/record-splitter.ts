import { cutValue } from '../cut-value.ts'
import { refused } from '../refused.ts'
import type { SourceRefused } from '../source-refused.ts'
import type { Encoding } from './detect-encoding.ts'
import { isSpace, TreeBuilder } from './tree-builder.ts'
import { XmlElement, type XmlName } from './xml-element.ts'
import { ownAttributes, type StartTag, type XmlHandler } from './xml-handler.ts'
import type { XmlLimits } from './xml-limits.ts'
import type { XmlPart } from './xml-part.ts'
import { XmlReader } from './xml-reader.ts'

/** How a file of records is laid out. Any other element beside the records, or in another order, refuses the file. */
export interface XmlRecordsShape {
  readonly root: XmlName
  /** Child of the root that is one record. */
  readonly record: XmlName
  /** Children of the root that may stand before the first record. Default none. */
  readonly before?: readonly XmlName[]
  /** Children of the root that may stand after the last record. Default none. */
  readonly after?: readonly XmlName[]
}

type Kind = 'before' | 'record' | 'after'

/** Cuts a file into its parts while it is read, and holds no more than one of them. */
export class RecordSplitter implements XmlHandler {
  readonly reader: XmlReader
  readonly #shape: XmlRecordsShape
  readonly #limits: XmlLimits
  /** Records before this index are counted, and no tree is built. */
  readonly #fromIndex: number
  readonly #tree = new TreeBuilder()
  readonly #path: string[] = []
  #parts: XmlPart[] = []
  #kind: Kind = 'before'
  #records = 0
  #others = 0
  /** Elements of the current part. */
  #elements = 0
  #building = false
  #lastClosed = ''
  #lastWasPart = false

  constructor(shape: XmlRecordsShape, limits: XmlLimits, encoding: Encoding, fromIndex: number) {
    this.#shape = shape
    this.#limits = limits
    this.#fromIndex = fromIndex
    this.reader = new XmlReader(this, limits, encoding)
  }

  /** Records whose end was read. */
  get recordsRead(): number {
    return this.#records
  }

  /** The parts that were completed since the last call. */
  takeParts(): readonly XmlPart[] {
    const parts = this.#parts
    if (parts.length > 0) this.#parts = []
    return parts
  }

  open(tag: StartTag, offset: number): void {
    const depth = this.#path.length
    if (depth === 0) {
      this.#openRoot(tag, offset)
      return
    }
    if (depth === 1) this.#openPart(tag, offset)
    else this.#path.push(tag.local)
    this.#elements += 1
    const { maxRecordElements } = this.#limits
    if (this.#elements > maxRecordElements) {
      throw this.reader.overLimit(`at most ${maxRecordElements} elements in one record`, offset)
    }
    if (!this.#building) return
    const { line, column } = this.reader.placeOf(offset)
    this.#tree.open(tag, line, column)
  }

  close(): void {
    const element = this.#building && this.#path.length > 1 ? this.#tree.close() : undefined
    this.#lastWasPart = this.#path.length === 2
    if (this.#lastWasPart) this.#closePart(element)
    this.#lastClosed = this.#path.pop() ?? ''
  }

  text(text: string, offset: number): void {
    if (this.#path.length > 1) {
      if (this.#building) this.#tree.text(text)
    } else if (!isSpace(text)) {
      throw this.#misplaced('text between the records', text.trim(), offset)
    }
  }

  retract(): void {
    this.#path.push(this.#lastClosed)
    if (!this.#lastWasPart) return
    if (this.#building) this.#parts.pop()
    if (this.#kind === 'record') this.#records -= 1
  }

  path(): string {
    return this.#path.map((name) => `/${name}`).join('')
  }

  #openRoot(tag: StartTag, offset: number): void {
    const { root } = this.#shape
    this.#path.push(tag.local)
    const place = this.reader.placeOf(offset)
    if (tag.local !== root.name || tag.uri !== root.namespace) {
      const found = tag.uri === '' ? tag.local : `${tag.local} of ${tag.uri}`
      throw refused('PRV_FORMATS_STRUCTURE', {
        path: this.path(),
        place,
        rule: `root ${root.name} of ${root.namespace}`,
        value: found,
        sentence: `The file starts with the element ${cutValue(found)}, where ${root.name} of ${root.namespace} is expected. Check that the right kind of file was chosen.`,
      })
    }
    const element = new XmlElement(tag.uri, tag.local, ownAttributes(tag), [], '', place.line, place.column)
    this.#parts.push({ kind: 'root', path: this.path(), element })
  }

  #openPart(tag: StartTag, offset: number): void {
    const { record, before = [], after = [] } = this.#shape
    const isRecord = isNamed(tag, record)
    this.#path.push(isRecord ? `${tag.local}[${this.#records + 1}]` : tag.local)
    if (isRecord && this.#kind !== 'after') this.#kind = 'record'
    else if (this.#kind !== 'before' || !before.some((name) => isNamed(tag, name))) {
      if (isRecord || !after.some((name) => isNamed(tag, name))) throw this.#misplaced('an element', tag.local, offset)
      this.#kind = 'after'
    }
    const { maxOtherParts } = this.#limits
    if (!isRecord && ++this.#others > maxOtherParts) {
      throw this.reader.overLimit(`at most ${maxOtherParts} elements beside the records`, offset)
    }
    this.reader.beginPart(offset)
    this.#elements = 0
    this.#building = !isRecord || this.#records >= this.#fromIndex
  }

  #closePart(element: XmlElement | undefined): void {
    this.reader.endPart()
    const path = this.path()
    const index = this.#records
    if (this.#kind === 'record') this.#records += 1
    if (element === undefined) return
    this.#parts.push(
      this.#kind === 'record' ? { kind: 'record', index, path, element } : { kind: 'other', path, element },
    )
  }

  #misplaced(what: string, value: string, offset: number): SourceRefused {
    const { root, record, before = [], after = [] } = this.#shape
    const order = [...before, record, ...after].map(({ name }) => name).join(', ')
    return refused('PRV_FORMATS_STRUCTURE', {
      path: this.path(),
      place: this.reader.placeOf(offset),
      rule: `in ${root.name}: ${order}`,
      value,
      sentence: `The file has ${what} where none may stand. In ${root.name} there may be, in this order: ${order}. Have the file written again.`,
    })
  }
}

function isNamed(tag: StartTag, { namespace, name }: XmlName): boolean {
  return tag.local === name && tag.uri === namespace
}
