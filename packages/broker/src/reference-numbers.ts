import { referenceNumber } from '@portreeve/envelope'
import type { Log } from '@portreeve/log'

export const referenceTopic = 'portreeve.reference.reserved'

const blockSize = 1024

/**
 * Hands out reference numbers, each once for all time. A block is reserved by appending a record: its offset, which no
 * log gives twice within a partition, is the number of the block. So a crash leaves a gap and never a repeat, and several brokers on one
 * log need no word with each other.
 */
export class ReferenceNumbers {
  readonly #log: Log
  #next = 0
  #end = 0
  #reserving: Promise<void> | undefined

  constructor(log: Log) {
    this.#log = log
  }

  /** `count` references, in the order in which they are to be used. */
  async take(count: number): Promise<string[]> {
    const taken: string[] = []
    while (taken.length < count) {
      if (this.#next === this.#end) {
        this.#reserving ??= this.#reserve()
        await this.#reserving
      } else {
        taken.push(referenceNumber(this.#next))
        this.#next += 1
      }
    }
    return taken
  }

  async #reserve(): Promise<void> {
    try {
      const [position] = await this.#log.append([
        { topic: referenceTopic, partition: 0, key: null, value: null, headers: [] },
      ])
      if (!position) throw new TypeError('the log answered an append of one record with no position')
      this.#next = position.offset * blockSize
      this.#end = this.#next + blockSize
    } finally {
      this.#reserving = undefined
    }
  }
}
