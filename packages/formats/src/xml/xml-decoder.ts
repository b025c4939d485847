import { detectEncoding, type Encoding } from './detect-encoding.ts'
import { StrictDecoder } from './strict-decoder.ts'

export interface DecodingFault {
  /** Offset of the first byte that could not be read. */
  readonly offset: number
  readonly rule: string
}

/** A piece of the text of a file. After one with a `fault` there are no more. */
export type XmlText =
  | { readonly encoding: Encoding; readonly text: string; readonly fault?: DecodingFault }
  /** The encoding could not be told. */
  | { readonly encoding?: undefined; readonly fault: DecodingFault }

/** Bytes to text, in pieces, in the encoding that the file itself declares. */
export class XmlDecoder {
  #decoder: StrictDecoder | undefined
  #head: Buffer = Buffer.alloc(0)

  /** `undefined` while the encoding is not yet known. */
  write(bytes: Buffer): XmlText | undefined {
    return this.#decoder === undefined ? this.#start(bytes, false) : decoded(this.#decoder, bytes)
  }

  /** What the last bytes give, and whether they were whole. */
  end(): XmlText | undefined {
    const first = this.#decoder === undefined ? this.#start(Buffer.alloc(0), true) : undefined
    if (first?.fault !== undefined) return first
    return this.#cutCharacter() ?? first
  }

  #cutCharacter(): XmlText | undefined {
    const fault = this.#decoder?.end()
    return this.#decoder && fault && { encoding: this.#decoder.encoding, text: '', fault }
  }

  #start(bytes: Buffer, complete: boolean): XmlText | undefined {
    this.#head = Buffer.concat([this.#head, bytes])
    const detected = detectEncoding(this.#head, complete)
    if (detected === 'more') return undefined
    if ('rule' in detected) return { fault: { offset: 0, rule: detected.rule } }
    this.#decoder = new StrictDecoder(detected.encoding, detected.bomBytes)
    return decoded(this.#decoder, this.#head.subarray(detected.bomBytes))
  }
}

function decoded(decoder: StrictDecoder, bytes: Buffer): XmlText {
  return { encoding: decoder.encoding, ...decoder.write(bytes) }
}
