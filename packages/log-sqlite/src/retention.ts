import { setImmediate } from 'node:timers/promises'
import type { Database } from '@portreeve/database'
import type { RecordPosition } from '@portreeve/log'
import { readTimestamp } from './frame.ts'
import { offsetOf, placeOf } from './place.ts'
import type { Positions } from './positions.ts'
import type { Hold } from './protocol.ts'
import type { Partition, Topic, Topics } from './topics.ts'

/** Records removed, and pages given back, in one transaction: others get their turn in between. */
const RECORDS_AT_A_TIME = 500
const PAGES_AT_A_TIME = 500

/** Removes what may go, and makes the file smaller by it. */
export class Retention {
  readonly #database: Database
  readonly #topics: Topics
  readonly #positions: Positions
  readonly #oldest
  readonly #delete
  readonly #free
  #running: Promise<unknown> = Promise.resolve()
  #stopped = false

  constructor(database: Database, topics: Topics, positions: Positions) {
    this.#database = database
    this.#topics = topics
    this.#positions = positions
    this.#oldest = database.prepare(
      `SELECT place, length(frame) AS bytes, substr(frame, 1, 8) AS stamp FROM record
       WHERE place >= ? AND place < ? ORDER BY place LIMIT ${RECORDS_AT_A_TIME}`,
      { place: 'integer', bytes: 'integer', stamp: 'blob' },
    )
    this.#delete = database.prepare('DELETE FROM record WHERE place >= ? AND place < ?')
    this.#free = database.prepare('PRAGMA freelist_count', { freelist_count: 'integer' })
  }

  /** One after the other, when called several times. */
  enforce(hold: Hold): Promise<number> {
    const enforced = this.#running.then(() => this.#enforce(hold))
    this.#running = enforced.catch(() => undefined)
    return enforced
  }

  /** Ends what is running after its present slice. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  async #enforce(hold: Hold): Promise<number> {
    let removed = 0
    for (const topic of this.#topics.all()) {
      for (const partition of topic.partitions) {
        const floor = this.#floor(topic, partition, hold)
        for (let slice = 1; slice > 0 && !this.#stopped; await setImmediate()) {
          slice = this.#removeSlice(topic, partition, floor, hold.now)
          removed += slice
        }
      }
    }
    for (; !this.#stopped && (this.#free.get()?.freelist_count ?? 0) > 0; await setImmediate()) {
      this.#database.execute(`PRAGMA incremental_vacuum(${PAGES_AT_A_TIME})`)
    }
    // The file itself shrinks only now; the journal keeps its size, as a reserve for when the disk is full.
    if (!this.#stopped) this.#database.execute('PRAGMA wal_checkpoint(PASSIVE)')
    return removed
  }

  /** The offset that must stay. A group holds every partition of a topic that it has any position in. */
  #floor({ partitions }: Topic, { topic, partition, slot, start, end }: Partition, hold: Hold): number {
    const isHere = (position: RecordPosition) => position.topic === topic && position.partition === partition
    const floors = hold.positions.filter(isHere).map(({ offset }) => offset)
    for (const group of hold.groups) {
      const positions = this.#positions.ofGroup(group)
      if (partitions.some((each) => positions.has(each.slot))) floors.push(positions.get(slot)?.offset ?? start)
    }
    return Math.min(end, ...floors)
  }

  #removeSlice({ description }: Topic, partition: Partition, floor: number, now: number): number {
    const { retentionMs = Number.POSITIVE_INFINITY, retentionBytes = Number.POSITIVE_INFINITY } = description
    const { slot, start, bytes } = partition
    let to = start
    let left = bytes
    for (const row of this.#oldest.iterate(placeOf(slot, start), placeOf(slot, Math.max(start, floor)))) {
      const isOld = readTimestamp(Buffer.from(row.stamp), 0) < now - retentionMs
      if (!isOld && left <= retentionBytes) break
      to = offsetOf(row.place) + 1
      left -= row.bytes
    }
    if (to === start) return 0
    try {
      this.#database.transaction(() => {
        this.#delete.run(placeOf(slot, start), placeOf(slot, to))
        this.#topics.save(Object.assign(partition, { start: to, bytes: left }))
      })
    } catch (error) {
      Object.assign(partition, { start, bytes })
      throw error
    }
    return to - start
  }
}
