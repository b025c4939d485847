import { PortreeveError } from '@portreeve/errors'
import type { StateChange } from '@portreeve/state'

interface Hold {
  readonly by: string
  readonly lost: AbortController
}

/** Who holds what, as far as a worker has read. */
export class Holds {
  readonly #worker: string
  readonly #holds = new Map<string, Hold>()

  constructor(worker: string) {
    this.#worker = worker
  }

  follow(change: StateChange): void {
    if (change.kind !== 'take') return
    const key = JSON.stringify(change.told)
    const before = this.#holds.get(key)
    if (before?.by === change.by) return
    this.#holds.set(key, { by: change.by, lost: new AbortController() })
    before?.lost.abort()
  }

  /** Aborted once another one holds what is named. */
  lost(name: string, topic: string, partition: number): AbortSignal {
    const hold = this.#holds.get(JSON.stringify([name, topic, partition]))
    return hold?.by === this.#worker ? hold.lost.signal : AbortSignal.abort()
  }

  /** Throws `PRV_LOG_PARTITION_MOVED` when what this worker is about to do is another one's by now. */
  refuseLost(change: StateChange): void {
    if (change.kind !== 'begin' && change.kind !== 'confirm') return
    const [name, topic, partition] = change.told
    const hold = this.#holds.get(JSON.stringify([name, topic, partition]))
    if (hold && hold.by !== this.#worker) {
      throw new PortreeveError('PRV_LOG_PARTITION_MOVED', { topic: topic || name, partition })
    }
  }
}
