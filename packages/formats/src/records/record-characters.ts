import type { RecordEncoding } from './record-layout.ts'

/** Control characters other than tab and line ends; what stands for bytes that were none; half of a surrogate pair. */
const never = /(?![\t\r\n])[\p{Cc}\p{Cs}\ufffd]/u

/** Characters of bytes 80 to 9F of windows-1252, whose values are not their own. */
const windows1252 = new Map(
  [...'€‚ƒ„…†‡ˆ‰Š‹Œ Ž‘’“”•–—˜™š›œžŸ'].flatMap((character) => {
    const byte = windowsByte(character)
    return byte === null ? [] : [[character, byte] as const]
  }),
)

function windowsByte(character: string): number | null {
  const decoder = new TextDecoder('windows-1252')
  for (let byte = 0x80; byte < 0xa0; byte += 1) if (decoder.decode(Uint8Array.of(byte)) === character) return byte
  return null
}

/** The first character that no record may hold. */
export function forbiddenCharacter(text: string): string | undefined {
  return never.exec(text)?.[0]
}

/** The first character that the encoding has not. */
export function unencodable(text: string, encoding: RecordEncoding): string | undefined {
  if (encoding === 'iso-8859-1') return /[\u{100}-\u{10ffff}]/u.exec(text)?.[0]
  if (encoding !== 'windows-1252') return undefined
  for (const [character] of text.matchAll(/[\u{80}-\u{9f}\u{100}-\u{10ffff}]/gu))
    if (!windows1252.has(character)) return character
  return undefined
}

/** Of text without a character that the encoding has not. */
export function encodeText(text: string, encoding: RecordEncoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8')
    case 'utf-16le':
      return Buffer.from(text, 'utf16le')
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16()
    case 'iso-8859-1':
      return Buffer.from(text, 'latin1')
    case 'windows-1252':
      return Buffer.from(
        text.replace(/[\u{100}-\u{10ffff}]/gu, (character) => String.fromCharCode(windows1252.get(character) ?? 0)),
        'latin1',
      )
  }
}

/** How a problem names a character: `U+20AC`. */
export function characterName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Characters as fixed width counts them: a surrogate pair is one. */
export function characterCount(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length
}
