import { encodingFault } from '../refused.ts'
import type { Encoding } from './detect-encoding.ts'
import { NbspReplacer, type Replaced } from './nbsp-replacer.ts'
import { XmlDecoder, type XmlText } from './xml-decoder.ts'
import type { XmlReader } from './xml-reader.ts'

const nowhere: readonly number[] = Object.freeze([])

/** Takes bytes in pieces and has them read: the encoding is found, `&nbsp;` is replaced where that was asked for. */
export class XmlInput {
  readonly #decoder = new XmlDecoder()
  readonly #nbsp: NbspReplacer | undefined
  readonly #readerFor: (encoding: Encoding) => XmlReader
  #reader: XmlReader | undefined

  /** `readerFor` is called once, when the encoding is known. */
  constructor(readerFor: (encoding: Encoding) => XmlReader, replaceNbsp = false) {
    this.#readerFor = readerFor
    this.#nbsp = replaceNbsp ? new NbspReplacer() : undefined
  }

  /** @throws SourceRefused */
  write(bytes: Buffer): void {
    this.#read(this.#decoder.write(bytes))
  }

  /** @throws SourceRefused */
  end(): void {
    this.#read(this.#decoder.end())
    if (this.#nbsp !== undefined) this.#reader?.write(this.#nbsp.end())
    this.#reader?.end()
  }

  #read(piece: XmlText | undefined): void {
    if (piece === undefined) return
    if (piece.encoding === undefined) throw encodingFault(piece.fault.rule, '', { line: 1, column: 1 })
    this.#reader ??= this.#readerFor(piece.encoding)
    this.#reader.write(this.#nbsp?.write(piece.text) ?? asItIs(piece.text))
    if (piece.fault === undefined) return
    if (this.#nbsp !== undefined) this.#reader.write(this.#nbsp.end())
    throw this.#reader.undecodable(piece.fault.rule)
  }
}

function asItIs(text: string): Replaced {
  return { original: text, text, spacesAt: nowhere }
}
