import { createHash } from 'node:crypto'

/** The version of what was said: its digest, whatever the order in which it was said. Twelve hexadecimal digits. */
export function versionOf(said: unknown): string {
  return createHash('sha256').update(JSON.stringify(said, sortedKeys)).digest('hex').slice(0, 12)
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}
