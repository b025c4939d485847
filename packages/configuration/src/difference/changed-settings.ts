import { isDeepStrictEqual } from 'node:util'

const longest = 80

/** What is other in settings, a sentence for each: `limits.maxPerMinute is 30, was not set.` */
export function changedSettings(before: unknown, after: unknown, path = ''): readonly string[] {
  if (isDeepStrictEqual(before, after)) return []
  if (!isPlain(before) || !isPlain(after)) return [sentence(path, before, after)]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => changedSettings(before[name], after[name], path === '' ? name : `${path}.${name}`))
}

/** What lists of words gain and lose: `takes in a, too` and `takes in b no more`. */
export function changedWords(before: readonly string[], after: readonly string[], what: string): readonly string[] {
  return [
    ...after.filter((word) => !before.includes(word)).map((word) => `${what} ${word}, too.`),
    ...before.filter((word) => !after.includes(word)).map((word) => `${what} ${word} no more.`),
  ]
}

function sentence(path: string, before: unknown, after: unknown): string {
  const was = before === undefined ? 'not set' : shown(before)
  return after === undefined ? `${path} is not set any more, was ${was}.` : `${path} is ${shown(after)}, was ${was}.`
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
