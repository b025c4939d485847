/**
 * JSON whose bytes are the same whenever its value is: names in order, no white space. A repeat that is written another way
 * is still the same body.
 */
export function inOneSpelling(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(ordered(value)))
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([name, part]) => [name, ordered(part)]))
}
