import { SaxesParser } from 'saxes'
import { encodingFault, refused } from '../refused.ts'
import type { SourceRefused } from '../source-refused.ts'
import { contradiction, type Encoding } from './detect-encoding.ts'
import type { Replaced } from './nbsp-replacer.ts'
import { type Meaning, meaningOf, textOutsideRoot } from './not-well-formed.ts'
import type { Place } from './place.ts'
import { PrologGuard } from './prolog-guard.ts'
import { SourcePlaces } from './source-places.ts'
import { isSpace } from './tree-builder.ts'
import type { XmlHandler } from './xml-handler.ts'
import type { XmlLimits } from './xml-limits.ts'

interface ParserOptions {
  readonly xmlns: true
  readonly position: false
  readonly defaultXMLVersion: '1.0'
  readonly forceXMLVersion: true
}

/**
 * With more than six handlers a `SaxesParser` itself has more properties than V8 keeps in its fast form, and reading takes
 * six times as long. An object of a subclass has room for eleven (measured on Node 24; `npm run bench` would show it).
 */
class Parser extends SaxesParser<ParserOptions> {}

/**
 * Reads one XML 1.0 document with namespaces, handed over in pieces, without a DTD and within limits; tells a handler.
 * The only file that knows the parser. Everything throws `SourceRefused`, after which the reader is of no more use.
 *
 * Faults must not depend on how the text was cut: what is checked after each piece is checked at each event too.
 */
export class XmlReader {
  readonly #parser = new Parser({ xmlns: true, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true })
  readonly #places = new SourcePlaces()
  readonly #prolog = new PrologGuard()
  readonly #handler: XmlHandler
  readonly #limits: XmlLimits
  readonly #encoding: Encoding
  /** The text that is being read. */
  #piece = ''
  /** Where the tag, text, comment … that is being read starts. */
  #token = 0
  #inLeadingSpace = true
  #depth = 0
  /** Where the last end tag starts. */
  #endTag = 0
  /** Where the current part starts. */
  #part = Number.POSITIVE_INFINITY
  #partPlace: Place = { line: 1, column: 1 }

  constructor(handler: XmlHandler, limits: XmlLimits, encoding: Encoding) {
    this.#handler = handler
    this.#limits = limits
    this.#encoding = encoding
    this.#listen()
  }

  write(piece: Replaced): void {
    if (this.#inLeadingSpace) this.#passLeadingSpace(piece.text)
    this.#places.push(piece)
    this.#piece = piece.text
    const doctype = this.#prolog.find(piece.text)
    if (doctype !== undefined) {
      this.#parser.write(piece.text.slice(0, Math.max(0, doctype - (this.#places.length - piece.text.length))))
      throw this.#doctype(doctype)
    }
    this.#parser.write(piece.text)
    this.#checkSize(this.#places.length)
    this.#places.placeOf(this.#token)
  }

  end(): void {
    this.#parser.close()
  }

  /** Place of an offset; offsets must not go back behind the start of the last piece. */
  placeOf(offset: number): Place {
    return this.#places.placeOf(offset)
  }

  /** The bytes after what was read so far are no text in this encoding. */
  undecodable(rule: string): SourceRefused {
    return this.#encodingFault(rule, this.#places.length)
  }

  /** The parser tells nothing of white space at the very start. */
  #passLeadingSpace(text: string): void {
    const length = text.search(/[^ \t\r\n]/)
    this.#inLeadingSpace = length === -1
    this.#token += length === -1 ? text.length : length
  }

  /** What starts at `offset` may have no more than `maxRecordCharacters`, until `endPart`. */
  beginPart(offset: number): void {
    this.#part = offset
    this.#partPlace = this.placeOf(offset)
  }

  endPart(): void {
    this.#part = Number.POSITIVE_INFINITY
  }

  #listen(): void {
    const parser = this.#parser
    parser.on('opentag', (tag) => {
      const start = this.#pass(parser.position)
      this.#depth += 1
      this.#checkTag(tag.name, tag.attributes, start)
      this.#handler.open(tag, start)
    })
    parser.on('closetag', () => {
      this.#endTag = this.#pass(parser.position)
      this.#depth -= 1
      this.#handler.close()
    })
    parser.on('text', (text) => {
      // The parser complains of this after the event, which would move the place.
      if (this.#depth === 0 && !isSpace(text)) throw this.#complaint(textOutsideRoot)
      const start = this.#pass(parser.position - 1)
      if (this.#depth > 0) this.#handler.text(text, start)
    })
    parser.on('cdata', (text) => this.#handler.text(text, this.#pass(parser.position)))
    // The event comes at `--`; only `>` can follow.
    parser.on('comment', () => this.#pass(parser.position + 1))
    parser.on('processinginstruction', () => this.#pass(parser.position))
    parser.on('doctype', () => {
      throw this.#doctype(this.#token)
    })
    parser.on('xmldecl', ({ version, encoding }) => {
      if (version !== '1.0') throw this.#version(version ?? '')
      const rule = contradiction(this.#encoding, encoding)
      if (rule !== undefined) throw this.#encodingFault(rule, this.#token)
      this.#pass(parser.position)
    })
    parser.on('error', (error) => {
      throw this.#complaint(error.message)
    })
  }

  /** The token ends at `to`, and the next one starts there. Returns where it started. */
  #pass(to: number): number {
    this.#checkSize(to)
    const start = this.#token
    this.#token = to
    return start
  }

  /** Throws for the limit that was passed first on the way to `to`. */
  #checkSize(to: number): void {
    const { maxTextCharacters, maxRecordCharacters } = this.#limits
    const tokenEnd = this.#token + maxTextCharacters
    const partEnd = this.#part + maxRecordCharacters
    if (to <= tokenEnd && to <= partEnd) return
    if (tokenEnd < partEnd)
      throw this.overLimit(`at most ${maxTextCharacters} characters in one text or tag`, this.#token)
    throw this.overLimit(`at most ${maxRecordCharacters} characters in one record`, this.#part, this.#partPlace)
  }

  #checkTag(name: string, attributes: Readonly<Record<string, unknown>>, start: number): void {
    const { maxDepth, maxNameCharacters, maxAttributes } = this.#limits
    if (this.#depth > maxDepth) throw this.overLimit(`at most ${maxDepth} elements inside one another`, start)
    let longest = name.length
    let count = 0
    for (const attribute in attributes) {
      count += 1
      if (attribute.length > longest) longest = attribute.length
    }
    if (count > maxAttributes) throw this.overLimit(`at most ${maxAttributes} attributes of one element`, start)
    if (longest > maxNameCharacters) {
      throw this.overLimit(`at most ${maxNameCharacters} characters in a name`, start)
    }
  }

  /** A limit is passed by what starts at `offset`. */
  overLimit(rule: string, offset: number, place: Place = this.placeOf(offset)): SourceRefused {
    return refused('PRV_FORMATS_LIMIT', {
      path: this.#handler.path(),
      place,
      rule,
      sentence: `The file goes over a limit: there may be ${rule}. If the file is right as it is, split it, or ask the operator to raise the limit.`,
    })
  }

  #complaint(complaint: string): SourceRefused {
    const offset = this.#parser.position - 1
    const character = this.#piece.charAt(offset - this.#places.length + this.#piece.length)
    const meaning = meaningOf(complaint, character)
    if (meaning === 'truncated') return this.#truncated()
    if (complaint !== textOutsideRoot) this.#checkSize(this.#parser.position)
    if (meaning.at === 'end tag') this.#handler.retract()
    const at = { here: offset, token: this.#token, 'end tag': this.#endTag }[meaning.at]
    return this.#notWellFormed(meaning, at)
  }

  #truncated(): SourceRefused {
    const path = this.#handler.path()
    const what = path === '' ? 'there is no element in it' : `${path} is not closed`
    const sentence = `The file ends before it is complete: ${what}. It was probably cut off; copy or export it again.`
    return this.#notWellFormed({ rule: 'document', sentence }, this.#places.length)
  }

  #notWellFormed(said: Pick<Meaning, 'rule' | 'sentence' | 'value'>, offset: number): SourceRefused {
    const { rule, sentence, value } = said
    return refused('PRV_FORMATS_NOT_WELL_FORMED', {
      path: this.#handler.path(),
      place: this.placeOf(offset),
      rule,
      sentence,
      ...(value !== undefined && { value }),
    })
  }

  #doctype(offset: number): SourceRefused {
    return refused('PRV_FORMATS_DOCTYPE', {
      path: '',
      place: this.placeOf(offset),
      rule: 'no DOCTYPE',
      sentence:
        'The file has a DOCTYPE, which is never read because it can pull in other files. Take that line out and send the file again.',
    })
  }

  #version(version: string): SourceRefused {
    return refused('PRV_FORMATS_XML_VERSION', {
      path: '',
      place: this.placeOf(this.#token),
      rule: 'version 1.0',
      value: version,
      sentence: `The file says that it is XML ${version}; only XML 1.0 is read. Have it written as XML 1.0.`,
    })
  }

  #encodingFault(rule: string, offset: number): SourceRefused {
    return encodingFault(rule, this.#handler.path(), this.placeOf(offset))
  }
}
