import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '@portreeve/log'
import { readChange, type SharedWrites, type State, type StateChange, writeChange } from '@portreeve/state'

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

/**
 * State whose changes go through the log: each worker appends what it wants changed, follows what all of them append, and takes it
 * over in that order. So every one has the whole, and one that begins with an empty folder reads it.
 */
export class SharedState {
  readonly state: State
  readonly #parts: SharedStateParts
  readonly #waiting = new Map<string, Waiting>()
  readonly #stop = new AbortController()
  readonly #following: Promise<void>

  constructor(parts: SharedStateParts) {
    const { state } = parts
    this.#parts = parts
    this.state = {
      ...state,
      attempts: {
        ...state.attempts,
        begin: (...told) => this.#write('begin', told),
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

  /** Holds what is named: what others have written down before is known then. */
  async take(name: string, topic: string, partition: number): Promise<void> {
    await this.#write('take', [name, topic, partition])
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
    const changes = records.flatMap(({ value }) => (value && readChange(value)) ?? [])
    if (next === from) return
    const results = state.shared.apply(changes, next)
    for (const [index, result] of results.entries()) {
      const waiting = this.#waiting.get(changes[index]?.id ?? '')
      if ('refused' in result) waiting?.reject(result.refused)
      else waiting?.resolve(result.answer)
    }
  }
}
