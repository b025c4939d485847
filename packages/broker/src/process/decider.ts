import type { ProcessDefinition, ProcessEffect, ProcessInstance } from '@portreeve/core'
import type { Batch, BatchHandler, Log, LogRecord, WriteSet } from '@portreeve/log'
import type { ProcessStore } from '@portreeve/state'
import { Bell } from '../bell.ts'
import { foldRecords } from './fold-records.ts'
import { processGroup } from './process-topic.ts'
import { type ParseInstance, parseOnce, storedInstance } from './stored-instance.ts'

export interface DeciderParts {
  readonly log: Log
  readonly store: ProcessStore
  readonly definitions: ReadonlyMap<string, ProcessDefinition>
  /** Others may decide in partitions that this one has not: their instances are followed here, too. Default: false. */
  readonly areMany?: boolean
  /** Makes the messages that go out; `instances` are as they stand after the step. */
  readonly recordsOf: (
    effects: readonly ProcessEffect[],
    instance: (process: string, id: string) => ProcessInstance | undefined,
  ) => Promise<readonly LogRecord[]>
}

/** A batch whose write set may or may not be in the log yet. */
interface Pending {
  readonly topic: string
  readonly partition: number
  readonly last: number
  readonly changed: readonly ProcessInstance[]
}

const folded = 500
const lookEveryMs = 20
/** Where nothing of this one's own waits. */
const followEveryMs = 100

/**
 * Runs the Process Manager over the processes' own topic. What a batch sends out goes into one write set with its position; the
 * instances follow in `state` once that is in the log, never before: after a crash they are folded again from where they were.
 */
export class ProcessDecider {
  readonly #parts: DeciderParts & { readonly parse: ParseInstance }
  readonly #committed = new Bell()
  /** By partition. */
  readonly #pending = new Map<string, Pending>()
  #turn: Promise<void> = Promise.resolve()

  constructor(parts: DeciderParts) {
    this.#parts = { ...parts, parse: parseOnce() }
  }

  readonly handler: BatchHandler = (batch) => this.#inTurn(() => this.#decide(batch))

  async #decide({ topic, partition, records }: Batch): Promise<WriteSet> {
    const first = records[0]?.offset ?? 0
    await this.#catchUp(topic, partition, first)
    const { effects, changed, get } = foldRecords(records, this.#parts)
    const append = await this.#parts.recordsOf(effects, get)
    const last = records.at(-1)?.offset ?? first
    this.#pending.set(`${topic}/${partition}`, { topic, partition, last, changed })
    this.#committed.ring()
    return { append, finished: records.length }
  }

  /** Takes over into `state` what is in the log: until the signal aborts, and once more then. */
  async settleUntilStopped(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const idleMs = this.#parts.areMany ? followEveryMs : 60_000
      await this.#committed.wait(this.#pending.size === 0 ? idleMs : lookEveryMs, signal)
      await this.settle()
      if (this.#parts.areMany) await this.#follow()
    }
  }

  /** True when nothing is left to be taken over. */
  async settle(): Promise<boolean> {
    if (this.#pending.size === 0) return true
    // Before looking where the group stands: what comes to be pending meanwhile is not in the log for that.
    const pending = [...this.#pending.values()]
    const positions = await this.#parts.log.positions(processGroup)
    for (const each of pending) {
      const at = positions.find(({ topic, partition }) => topic === each.topic && partition === each.partition)
      const isStill = this.#pending.get(`${each.topic}/${each.partition}`) === each
      if (!isStill || at === undefined || at.offset <= each.last) continue
      // Another may have decided what follows by now.
      this.#apply(each, this.#parts.areMany ? each.last + 1 : at.offset)
    }
    return this.#pending.size === 0
  }

  /** What others have decided, up to where the group stands. */
  async #follow(): Promise<void> {
    for (const { topic, partition, offset } of await this.#parts.log.positions(processGroup)) {
      if (offset <= this.#parts.store.position(topic, partition)) continue
      await this.#inTurn(async () => {
        if (!this.#pending.has(`${topic}/${partition}`)) await this.#catchUp(topic, partition, offset)
      })
    }
  }

  /** Two who bring the store up to date at the same time would set it back. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work)
    this.#turn = turn.then(
      () => undefined,
      () => undefined,
    )
    return turn
  }

  #apply({ topic, partition, changed }: Pending, next: number): void {
    this.#parts.store.apply(topic, partition, next, changed.map(storedInstance))
    this.#pending.delete(`${topic}/${partition}`)
  }

  /** Brings the store to where the group stands: what comes first now was not decided yet. */
  async #catchUp(topic: string, partition: number, first: number): Promise<void> {
    const { log, store } = this.#parts
    const pending = this.#pending.get(`${topic}/${partition}`)
    if (pending && pending.last < first) this.#apply(pending, first)
    this.#pending.delete(`${topic}/${partition}`)
    for (let from = store.position(topic, partition); from < first; ) {
      const { records, next } = await log.read({ topic, partition, from, maxRecords: folded })
      const before = records.filter(({ offset }) => offset < first)
      const to = Math.min(next, first)
      store.apply(topic, partition, to, foldRecords(before, this.#parts).changed.map(storedInstance))
      if (to === from) throw new TypeError(`the log gave nothing from ${topic}/${partition}/${from} on`)
      from = to
    }
  }
}
