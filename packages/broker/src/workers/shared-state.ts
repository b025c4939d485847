import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Log, type StoredRecord, stopwatch } from '@portreeve/log'
import {
  type ChangeResult,
  readChange,
  type SharedWrites,
  type State,
  type StateChange,
  writeChange,
} from '@portreeve/state'
import { Holds } from './holds.ts'

/** What the workers on one log remember together: every change, in the order in which it counts. */
export const stateTopic = 'portreeve.state.changed'

export interface SharedStateParts {
  readonly log: Log
  readonly state: State
  /** Of this process alone, and of this run of it. */
  readonly worker: string
  readonly onFault: (error: unknown) => void
  readonly onRecovered: () => void
}

type Waiting = PromiseWithResolvers<unknown>
type Told<Kind extends keyof SharedWrites> = Parameters<SharedWrites[Kind]>

const atOnce = 1000
const waitMs = 1000
/** Half of the session: nobody else is given what this worker was given before that is over. */
const freshMs = 5000

/**
 * State whose changes go through the log: each worker appends what it wants changed, follows what all of them append, and takes it
 * over in that order. So every one has the whole, and one that begins with an empty folder reads it.
 */
export class SharedState {
  readonly state: State
  readonly #parts: SharedStateParts
  readonly #waiting = new Map<string, Waiting>()
  readonly #holds: Holds
  readonly #stop = new AbortController()
  readonly #following: Promise<void>

  constructor(parts: SharedStateParts) {
    const { state } = parts
    this.#parts = parts
    this.#holds = new Holds(parts.worker)
    this.state = {
      ...state,
      attempts: {
        ...state.attempts,
        begin: (...told) => this.#begin(told),
        end: (...told) => this.#write('end', told),
      },
      parked: {
        ...state.parked,
        park: (...told) => this.#write('park', told),
        release: (...told) => this.#write('release', told),
        conclude: (...told) => this.#write('conclude', told),
        settle: (...told) => this.#write('settle', told),
      },
      cursors: { ...state.cursors, set: (...told) => this.#write('reach', told) },
    }
    this.#following = this.#follow()
  }

  /** Holds what is named: what others have written down before is known then. The signal is aborted when another takes it. */
  async take(name: string, topic: string, partition: number): Promise<AbortSignal> {
    await this.#write('take', [name, topic, partition])
    return this.#holds.lost(name, topic, partition)
  }

  /** Rejects with `PRV_LOG_PARTITION_MOVED` when another has taken what is named. */
  async confirm(name: string, topic: string, partition: number): Promise<void> {
    await this.#write('confirm', [name, topic, partition])
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#following
    for (const { reject } of this.#waiting.values()) reject(this.#stop.signal.reason)
  }

  /** What follows a `begin` must not be that of a worker that was frozen meanwhile. */
  async #begin(told: Told<'begin'>): Promise<void> {
    const [name, topic, partition] = told
    let passed = stopwatch()
    await this.#write('begin', told)
    while (passed() > freshMs) {
      passed = stopwatch()
      await this.confirm(name, topic, partition)
    }
  }

  async #write<Kind extends keyof SharedWrites>(
    kind: Kind,
    told: Told<Kind>,
  ): Promise<Awaited<ReturnType<SharedWrites[Kind]>>> {
    const id = randomUUID()
    const waiting: Waiting = Promise.withResolvers()
    this.#waiting.set(id, waiting)
    // It may be refused before the append has been answered.
    waiting.promise.catch(() => undefined)
    try {
      const change = { kind, told, at: Date.now(), by: this.#parts.worker, id } as StateChange
      await this.#parts.log.append([
        { topic: stateTopic, partition: 0, key: null, value: writeChange(change), headers: [] },
      ])
      // What the log holds, this worker will come by; what it answers is of this kind.
      return (await waiting.promise) as Awaited<ReturnType<SharedWrites[Kind]>>
    } finally {
      this.#waiting.delete(id)
    }
  }

  async #follow(): Promise<void> {
    const { onFault, onRecovered } = this.#parts
    const { signal } = this.#stop
    while (!signal.aborted) {
      try {
        await this.#readOn(signal)
        onRecovered()
      } catch (error) {
        if (signal.aborted) return
        onFault(error)
        await sleep(waitMs, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  async #readOn(signal: AbortSignal): Promise<void> {
    const { log, state } = this.#parts
    const from = state.shared.next()
    const place = { topic: stateTopic, partition: 0, from }
    const { records, next } = await log.read({ ...place, maxRecords: atOnce, waitMs, signal })
    const { changes, unknown } = readChanges(records)
    const reached = unknown?.offset ?? next
    if (reached > from) {
      const results = state.shared.apply(changes, reached)
      for (const change of changes) this.#holds.follow(change)
      for (const [index, result] of results.entries()) this.#answer(changes[index], result)
    }
    if (unknown) throw unknown.error
  }

  #answer(change: StateChange | undefined, result: ChangeResult): void {
    const waiting = change && this.#waiting.get(change.id)
    if (!waiting) return
    try {
      if ('refused' in result) throw result.refused
      // It was in its right when it wrote that; but another has taken it since, and both were read at once.
      this.#holds.refuseLost(change)
      waiting.resolve(result.answer)
    } catch (error) {
      waiting.reject(error)
    }
  }
}

/** Up to the first one that this version does not know. */
function readChanges(records: readonly StoredRecord[]) {
  const changes: StateChange[] = []
  for (const { offset, value } of records) {
    try {
      const change = value && readChange(value)
      if (change) changes.push(change)
    } catch (error) {
      return { changes, unknown: { offset, error } }
    }
  }
  return { changes, unknown: null }
}
