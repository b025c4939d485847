import type { Encoding } from './detect-encoding.ts'
import type { Decoded } from './strict-decoder.ts'

/** Where an encoding differs from ISO-8859-1: byte (as its ISO-8859-1 character) to character. */
type Differences = ReadonlyMap<string, string>

/** ISO/IEC 8859-15:1999. */
const latin9: Differences = pairs(
  0xa4,
  '€',
  0xa6,
  'Š',
  0xa8,
  'š',
  0xb4,
  'Ž',
  0xb8,
  'ž',
  0xbc,
  'Œ',
  0xbd,
  'œ',
  0xbe,
  'Ÿ',
)

/** Bytes 80 to 9F of windows-1252; a space where it has no character (81, 8D, 8F, 90, 9D). */
const windows = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'
const windows1252: Differences = pairs(
  ...[...windows].flatMap((character, at) => (character === ' ' ? [] : [0x80 + at, character])),
)

export function decodeSingleByte(bytes: Buffer, encoding: Encoding, offset: number): Decoded {
  const text = bytes.toString('latin1')
  if (encoding === 'iso-8859-1') return { text }
  if (encoding === 'iso-8859-15') return { text: replaced(text, /[¤¦¨´¸¼½¾]/g, latin9) }
  const bad = encoding === 'us-ascii' ? text.search(/[\x80-\xff]/) : text.search(/[\x81\x8d\x8f\x90\x9d]/)
  const good = bad === -1 ? text : text.slice(0, bad)
  const decoded = encoding === 'us-ascii' ? good : replaced(good, /[\x80-\x9f]/g, windows1252)
  if (bad === -1) return { text: decoded }
  const byte = bytes[bad]?.toString(16).toUpperCase()
  return { text: decoded, fault: { offset: offset + bad, rule: `byte ${byte} has no meaning in ${encoding}` } }
}

function replaced(text: string, where: RegExp, differences: Differences): string {
  return text.replace(where, (character) => differences.get(character) ?? character)
}

function pairs(...list: (number | string)[]): Differences {
  const map = new Map<string, string>()
  for (let at = 0; at < list.length; at += 2) map.set(String.fromCharCode(Number(list[at])), String(list[at + 1]))
  return map
}
