import { parse } from 'node:path'

/** Some file systems allow no more than 143 bytes for a name. */
const alwaysAllowedBytes = 128
const maxEndingBytes = 32

/**
 * The name with a mark before its ending: `march.xml` and `1f` make `march.1f.xml`. Never longer than the name itself or
 * 128 bytes, whichever is more: the stem is shortened, between two characters. A long ending counts as stem.
 */
export function markedName(name: string, mark: string): string {
  const parsed = parse(name)
  const ending = Buffer.byteLength(parsed.ext) > maxEndingBytes ? '' : parsed.ext
  const tail = `.${mark}${ending}`
  let room = Math.max(alwaysAllowedBytes, Buffer.byteLength(name)) - Buffer.byteLength(tail)
  let stem = ''
  for (const character of name.slice(0, name.length - ending.length)) {
    room -= Buffer.byteLength(character)
    if (room < 0) break
    stem += character
  }
  return stem + tail
}
