import { PortreeveError } from '@portreeve/errors'

/** Offsets as they are kept: a JSON list. Throws `PRV_STATE_ROW_DAMAGED`. */
export function readOffsets(text: string, table: string): readonly number[] {
  const offsets: unknown = JSON.parse(text)
  if (Array.isArray(offsets) && offsets.every((offset) => Number.isSafeInteger(offset))) return offsets
  throw new PortreeveError('PRV_STATE_ROW_DAMAGED', { table })
}
