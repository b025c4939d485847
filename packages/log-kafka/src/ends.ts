import { setTimeout as sleep } from 'node:timers/promises'
import type { PartitionRange, RecordPosition } from '@portreeve/log'
import type { Admin } from './admin.ts'
import type { RawPlace } from './rdkafka.ts'

const askAgainMs = 2
const patienceMs = 5000

/**
 * The two ends of partitions. A broker answers a commit before its partitions show what was committed: here nobody is told
 * of an end that stands before what this log itself has written.
 */
export class Ends {
  readonly #admin: Admin
  /** Highest offsets by topic and partition. */
  readonly #written = new Map<string, Map<number, number>>()

  constructor(admin: Admin) {
    this.#admin = admin
  }

  /** Committed by this log. */
  note(positions: readonly RecordPosition[]): void {
    for (const { topic, partition, offset } of positions) {
      const partitions = this.#written.get(topic) ?? new Map<number, number>()
      this.#written.set(topic, partitions)
      partitions.set(partition, Math.max(offset, partitions.get(partition) ?? -1))
    }
  }

  /** Of the partitions from 0. */
  async ofTopic(topic: string, partitions: number): Promise<readonly PartitionRange[]> {
    return await this.#of(topic, [...new Array(partitions).keys()])
  }

  async ofPartition({ topic, partition }: RawPlace): Promise<PartitionRange> {
    const [range] = await this.#of(topic, [partition])
    return range ?? { partition, start: 0, end: 0 }
  }

  async #of(topic: string, partitions: readonly number[]): Promise<readonly PartitionRange[]> {
    for (const began = Date.now(); ; await sleep(askAgainMs)) {
      const ranges = await this.#admin.ranges(topic, partitions)
      const isShown = ranges.every(({ partition, end }) => end > (this.#written.get(topic)?.get(partition) ?? -1))
      // Somebody else's open transaction may hide what is ours for longer: then that is how it stands.
      if (isShown || Date.now() - began > patienceMs) return ranges
    }
  }
}
