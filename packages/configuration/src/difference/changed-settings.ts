import { isDeepStrictEqual } from 'node:util'

const longest = 80

type Settings = Readonly<Record<string, unknown>>

/**
 * What is other in settings, a sentence for each: `limits.maxPerMinute is 30, was not set.` Entries of a list are told by their label
 * or name, else by their number from 1.
 */
export function changedSettings(before: unknown, after: unknown, path = ''): readonly string[] {
  if (isDeepStrictEqual(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return changedList(before, after, path)
  const [was, is] = [settingsOf(before), settingsOf(after)]
  if (!was || !is) return [sentence(path, before, after)]
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const told = names.flatMap((name) => changedSettings(was[name], is[name], path === '' ? name : `${path}.${name}`))
  return told.length > 0 ? told : [sentence(path, before, after)]
}

/** What lists of words gain and lose: `takes in a, too` and `takes in b no more`. */
export function changedWords(before: readonly string[], after: readonly string[], what: string): readonly string[] {
  return [
    ...after.filter((word) => !before.includes(word)).map((word) => `${what} ${word}, too.`),
    ...before.filter((word) => !after.includes(word)).map((word) => `${what} ${word} no more.`),
  ]
}

function changedList(before: readonly unknown[], after: readonly unknown[], path: string): readonly string[] {
  const inAnotherOrder = [`${path} is in another order.`]
  if ([...before, ...after].every((item) => !isObject(item))) {
    const told = changedWords(before.map(shown), after.map(shown), `${path} has`)
    return told.length > 0 ? told : inAnotherOrder
  }
  const [was, is] = [byName(before), byName(after)]
  if (!was || !is) return changedSettings(byNumber(before), byNumber(after), path)
  const told = [
    ...changedWords([...was.keys()], [...is.keys()], `${path} has`),
    ...[...is].flatMap(([name, item]) =>
      was.has(name) ? changedSettings(was.get(name), item, `${path}.${name}`) : [],
    ),
  ]
  return told.length > 0 ? told : inAnotherOrder
}

/** `undefined` where not each entry has a label or name of its own. */
function byName(list: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const named = list.flatMap((item): readonly (readonly [string, unknown])[] => {
    const name = isPlain(item) ? (item.label ?? item.name) : undefined
    return typeof name === 'string' ? [[name, item]] : []
  })
  const found = new Map(named)
  return found.size === list.length ? found : undefined
}

function byNumber(list: readonly unknown[]): Settings {
  return Object.fromEntries(list.map((item, index) => [String(index + 1), item]))
}

function sentence(path: string, before: unknown, after: unknown): string {
  const was = before === undefined ? 'not set' : shown(before)
  return after === undefined ? `${path} is not set any more, was ${was}.` : `${path} is ${shown(after)}, was ${was}.`
}

/** Only text is cut. */
function shown(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return value.length > longest ? `${value.slice(0, longest)}…` : value
}

/** The settings in it, none where it is not set; `undefined` where it is a value. */
function settingsOf(value: unknown): Settings | undefined {
  if (value === undefined || value === null) return {}
  return isPlain(value) ? value : undefined
}

function isPlain(value: unknown): value is Settings {
  return isObject(value) && !Array.isArray(value)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
