import { isDeepStrictEqual } from 'node:util'

/** In the order in which they are told. */
export const changeGroups = [
  'broker',
  'door',
  'adapters',
  'routes',
  'mappings',
  'processes',
  'quality',
  'files',
  'topics',
] as const
export type ChangeGroup = (typeof changeGroups)[number]

/** One thing of a configuration that another one says otherwise. */
export interface Change {
  readonly group: ChangeGroup
  /** Name of the route, label of the adapter, type of the topic, path of the file. */
  readonly name: string
  readonly kind: 'added' | 'removed' | 'changed'
  /** What is other, for people; without secrets. */
  readonly sentences: readonly string[]
}

export type ByName<Value> = Readonly<Record<string, Value>>

/** How a thing is told that is there now, that is gone, and that is other. */
export interface Telling<Value> {
  readonly added: (value: Value) => readonly string[]
  readonly removed: (value: Value) => readonly string[]
  /** With nothing to be told, nothing has changed. */
  readonly changed: (before: Value, after: Value) => readonly string[]
}

/** Changes of the things of one group, by name. */
export function changesByName<Value>(
  group: ChangeGroup,
  before: ByName<Value>,
  after: ByName<Value>,
  tell: Telling<Value>,
): readonly Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names.flatMap((name): Change[] => {
    const was = before[name]
    const is = after[name]
    if (was === undefined) return is === undefined ? [] : [{ group, name, kind: 'added', sentences: tell.added(is) }]
    if (is === undefined) return [{ group, name, kind: 'removed', sentences: tell.removed(was) }]
    if (isDeepStrictEqual(was, is)) return []
    const sentences = tell.changed(was, is)
    return sentences.length === 0 ? [] : [{ group, name, kind: 'changed', sentences }]
  })
}
