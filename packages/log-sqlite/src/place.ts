import { crc32 } from 'node:zlib'

/** Records of one partition lie side by side: a record's row number is `slot * OFFSETS + offset`. */
export const OFFSETS = 2 ** 38

/** Row numbers stay exact as JavaScript numbers, which end at 2^53. */
export const MAX_SLOTS = 2 ** 15

export function placeOf(slot: number, offset: number): number {
  return slot * OFFSETS + offset
}

export function offsetOf(place: number): number {
  return place % OFFSETS
}

/** The checksum of a record at its place: a frame that stands in another's place does not pass. */
export function recordSum(place: number, frame: Uint8Array): number {
  // The low and the high half, folded: the start value of the CRC.
  return crc32(frame, ((place % 2 ** 32) ^ Math.imul(Math.floor(place / 2 ** 32), 0x9e3779b1)) >>> 0)
}

/** The checksum of the small rows. */
export function rowSum(...values: readonly (string | number | null)[]): number {
  return crc32(JSON.stringify(values))
}
