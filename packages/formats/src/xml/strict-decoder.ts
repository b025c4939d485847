import { isUtf8 } from 'node:buffer'
import type { Encoding } from './detect-encoding.ts'
import { decodeSingleByte } from './single-byte.ts'

/** Text of some bytes, up to the first that cannot stand there. */
export interface Decoded {
  readonly text: string
  /** Absent when all is well. `offset` counts from the first byte that was ever given. */
  readonly fault?: { readonly offset: number; readonly rule: string }
}

/**
 * Bytes to text, in pieces. Never puts a replacement character; a character that is cut by the end of a piece waits
 * for the next. The text is always well formed UTF-16.
 */
export class StrictDecoder {
  readonly encoding: Encoding
  #held: Buffer = Buffer.alloc(0)
  /** Offset of the first byte not yet decoded. */
  #offset: number

  constructor(encoding: Encoding, bomBytes: number) {
    this.encoding = encoding
    this.#offset = bomBytes
  }

  write(bytes: Buffer): Decoded {
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes])
    const whole = all.length - this.#cutLength(all)
    const decoded = this.#decode(all.subarray(0, whole))
    // A copy: the caller's buffer may be used again for the next read.
    this.#held = Buffer.from(all.subarray(whole))
    this.#offset += whole
    return decoded
  }

  end(): Decoded['fault'] {
    if (this.#held.length === 0) return undefined
    return { offset: this.#offset, rule: 'it ends in the middle of a character' }
  }

  #cutLength(bytes: Buffer): number {
    if (this.encoding === 'utf-8') return cutUtf8(bytes)
    return this.encoding.startsWith('utf-16') ? cutUtf16(bytes, this.encoding === 'utf-16be') : 0
  }

  #decode(bytes: Buffer): Decoded {
    if (this.encoding === 'utf-8') return decodeUtf8(bytes, this.#offset)
    if (this.encoding === 'utf-16le') return decodeUtf16(bytes, this.#offset)
    if (this.encoding === 'utf-16be') return decodeUtf16(Buffer.from(bytes).swap16(), this.#offset)
    return decodeSingleByte(bytes, this.encoding, this.#offset)
  }
}

function decodeUtf8(bytes: Buffer, offset: number): Decoded {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8') }
  let valid = 0
  let invalid = bytes.length
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1
    const head = bytes.subarray(0, middle)
    if (isUtf8(head.subarray(0, middle - cutUtf8(head)))) valid = middle
    else invalid = middle
  }
  const head = bytes.subarray(0, valid)
  const whole = valid - cutUtf8(head)
  const byte = bytes[whole]?.toString(16).toUpperCase().padStart(2, '0')
  const fault = { offset: offset + whole, rule: `byte ${byte} begins no character of UTF-8` }
  return { text: head.toString('utf8', 0, whole), fault }
}

/** How many bytes at the end begin a character that is not complete. 0 where what is there can never become one. */
function cutUtf8(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

function decodeUtf16(bytes: Buffer, offset: number): Decoded {
  const text = bytes.toString('utf16le')
  if (text.isWellFormed()) return { text }
  const good = text.search(/\p{Cs}/u)
  return {
    text: text.slice(0, good),
    fault: { offset: offset + good * 2, rule: 'half of a surrogate pair stands alone' },
  }
}

function cutUtf16(bytes: Buffer, bigEndian: boolean): number {
  const odd = bytes.length % 2
  const high = bytes[bytes.length - odd - (bigEndian ? 2 : 1)] ?? 0
  return high >= 0xd8 && high <= 0xdb ? odd + 2 : odd
}
