import type { ProcessInstance, ProcessInstances } from '@portreeve/core'
import type { ProcessStore, StoredInstance } from '@portreeve/state'

export function readInstance(json: string): ProcessInstance {
  return JSON.parse(json)
}

/** True when a person has to do something about it. */
export function needsPerson({ stage, systems }: ProcessInstance): boolean {
  return stage === 'held' || Object.values(systems).some(({ state }) => state === 'needs-a-person')
}

/** An instance as `state` keeps it, with the timers that it has set. */
export function storedInstance(instance: ProcessInstance): StoredInstance {
  const { process, id, reference, key, stage, systems } = instance
  const entries = Object.entries(systems)
  return {
    process,
    id,
    reference,
    key,
    isOpen: stage === 'held' || stage === 'open',
    needsPerson: needsPerson(instance),
    timers: entries.flatMap(([timer, { confirmBy }]) => {
      return confirmBy === undefined ? [] : [{ timer, dueAt: new Date(confirmBy) }]
    }),
    json: JSON.stringify(instance),
  }
}

/** Makes an instance of what the store has of it. */
export type ParseInstance = (id: string, json: string) => ProcessInstance

const parsedAtMost = 5000

/** Parses each state of an instance once: a person who tells a hundred things has a hundred instances, read at each step. */
export function parseOnce(): ParseInstance {
  const parsed = new Map<string, { readonly json: string; readonly instance: ProcessInstance }>()
  return (id, json) => {
    const known = parsed.get(id)
    if (known?.json === json) return known.instance
    if (parsed.size >= parsedAtMost) parsed.clear()
    const instance = readInstance(json)
    parsed.set(id, { json, instance })
    return instance
  }
}

/** The instances of one process as they stand in the store, with what has changed since. */
export class InstancesAhead implements ProcessInstances {
  readonly #process: string
  readonly #store: ProcessStore
  readonly #changed = new Map<string, ProcessInstance>()
  /** Ids in the order in which they came. */
  readonly #ofKey = new Map<string, string[]>()
  readonly #read = new Map<string, ProcessInstance>()

  readonly #parse: ParseInstance

  constructor(process: string, store: ProcessStore, parse: ParseInstance) {
    this.#process = process
    this.#store = store
    this.#parse = parse
  }

  get changed(): readonly ProcessInstance[] {
    return [...this.#changed.values()]
  }

  get(id: string): ProcessInstance | undefined {
    const known = this.#changed.get(id) ?? this.#read.get(id)
    if (known) return known
    const json = this.#store.get(this.#process, id)
    if (json === null) return undefined
    const instance = this.#parse(id, json)
    this.#read.set(id, instance)
    return instance
  }

  openOf(key: string): readonly ProcessInstance[] {
    const instances = this.#idsOf(key).flatMap((id) => {
      const instance = this.get(id)
      return instance && (instance.stage === 'held' || instance.stage === 'open') ? [instance] : []
    })
    return instances.sort((one, other) => one.order - other.order)
  }

  put(instance: ProcessInstance): void {
    const ids = this.#idsOf(instance.key)
    if (!ids.includes(instance.id)) ids.push(instance.id)
    this.#changed.set(instance.id, instance)
  }

  #idsOf(key: string): string[] {
    const known = this.#ofKey.get(key)
    if (known) return known
    const instances = this.#store.openOf(this.#process, key).map(({ id, json }) => this.#parse(id, json))
    for (const instance of instances) if (!this.#changed.has(instance.id)) this.#read.set(instance.id, instance)
    const ids = instances.map(({ id }) => id)
    this.#ofKey.set(key, ids)
    return ids
  }
}
