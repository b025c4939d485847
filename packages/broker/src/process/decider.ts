import type { ProcessDefinition, ProcessEffect, ProcessInstance } from '@portreeve/core'
import type { BatchHandler, Log, LogRecord } from '@portreeve/log'
import type { ProcessStore } from '@portreeve/state'
import { Bell } from '../bell.ts'
import { foldRecords } from './fold-records.ts'
import { processGroup } from './process-topic.ts'
import { type ParseInstance, parseOnce, storedInstance } from './stored-instance.ts'

export interface DeciderParts {
  readonly log: Log
  readonly store: ProcessStore
  readonly definitions: ReadonlyMap<string, ProcessDefinition>
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
  readonly first: number
  readonly last: number
  readonly changed: readonly ProcessInstance[]
}

const folded = 500
const lookEveryMs = 20

/**
 * Runs the Process Manager over the processes' own topic. What a batch sends out goes into one write set with its position; the
 * instances follow in `state` once that is in the log, never before: after a crash they are folded again from where they were.
 */
export class ProcessDecider {
  readonly #parts: DeciderParts & { readonly parse: ParseInstance }
  readonly #committed = new Bell()
  #pending: Pending | null = null

  constructor(parts: DeciderParts) {
    this.#parts = { ...parts, parse: parseOnce() }
  }

  readonly handler: BatchHandler = async ({ topic, partition, records }) => {
    const first = records[0]?.offset ?? 0
    await this.#catchUp(topic, partition, first)
    const { effects, changed, get } = foldRecords(records, this.#parts)
    const append = await this.#parts.recordsOf(effects, get)
    const last = records.at(-1)?.offset ?? first
    this.#pending = { topic, partition, first, last, changed }
    this.#committed.ring()
    return { append, finished: records.length }
  }

  /** Takes over into `state` what is in the log: until the signal aborts, and once more then. */
  async settleUntilStopped(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#committed.wait(this.#pending === null ? 60_000 : lookEveryMs, signal)
      await this.settle()
    }
  }

  /** True when nothing is left to be taken over. */
  async settle(): Promise<boolean> {
    const pending = this.#pending
    if (pending === null) return true
    const positions = await this.#parts.log.positions(processGroup)
    const at = positions.find(({ topic, partition }) => topic === pending.topic && partition === pending.partition)
    if (this.#pending !== pending || at === undefined || at.offset <= pending.last) return this.#pending === null
    this.#apply(pending, at.offset)
    return true
  }

  #apply({ topic, partition, changed }: Pending, next: number): void {
    this.#parts.store.apply(topic, partition, next, changed.map(storedInstance))
    this.#pending = null
  }

  /** Brings the store to where the group stands: what comes first now was not decided yet. */
  async #catchUp(topic: string, partition: number, first: number): Promise<void> {
    const { log, store } = this.#parts
    const pending = this.#pending
    if (pending !== null && pending.last < first) this.#apply(pending, first)
    this.#pending = null
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
