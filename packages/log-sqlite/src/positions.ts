import type { Database } from '@portreeve/database'
import { PortreeveError } from '@portreeve/errors'
import type { RecordPosition } from '@portreeve/log'
import { rowSum } from './place.ts'
import type { GroupPosition } from './protocol.ts'
import type { Partition, Topics } from './topics.ts'

const columns = {
  group_name: 'text',
  slot: 'integer',
  next_offset: 'integer',
  metadata: 'text?',
  sum: 'integer',
} as const

/** The positions of the groups, read from disk whenever they are asked for. */
export class Positions {
  readonly #database: Database
  readonly #topics: Topics
  readonly #folder: string
  readonly #save
  readonly #ofGroup
  readonly #groups

  constructor(database: Database, topics: Topics, folder: string) {
    this.#database = database
    this.#topics = topics
    this.#folder = folder
    this.#save = database.prepare(
      `INSERT INTO position VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET next_offset = excluded.next_offset, metadata = excluded.metadata, sum = excluded.sum`,
    )
    this.#ofGroup = database.prepare('SELECT * FROM position WHERE group_name = ? ORDER BY slot', columns)
    this.#groups = database.prepare('SELECT DISTINCT group_name FROM position ORDER BY 1', { group_name: 'text' })
  }

  groups(): string[] {
    return this.#groups.all().map(({ group_name }) => group_name)
  }

  /** By slot. */
  ofGroup(group: string): Map<number, { readonly offset: number; readonly metadata: string | null }> {
    const found = new Map()
    for (const row of this.#ofGroup.all(group)) {
      const { slot, next_offset: offset, metadata } = row
      if (rowSum(group, slot, offset, metadata) !== row.sum) {
        const fault = `the position of group ${group} in partition slot ${slot} is not as it was written`
        throw new PortreeveError('PRV_LOG_FILE_DAMAGED', { folder: this.#folder, fault })
      }
      found.set(slot, { offset, metadata })
    }
    return found
  }

  /** Within the caller's transaction. */
  save(group: string, slot: number, offset: number, metadata: string | null): void {
    this.#save.run(group, slot, offset, metadata, rowSum(group, slot, offset, metadata))
  }

  describe(group: string): GroupPosition[] {
    const positions = this.ofGroup(group)
    return this.#topics
      .all()
      .flatMap(({ partitions }) => partitions)
      .flatMap(({ topic, partition, slot }) => {
        const position = positions.get(slot)
        return position === undefined ? [] : [{ topic, partition, ...position }]
      })
  }

  /**
   * Where the group goes on in these topics. Where it has no position yet it is given one, durably: from now on
   * retention holds for it, and a restart begins where this one did.
   */
  join(group: string, topics: readonly string[], startFrom: 'earliest' | 'latest'): GroupPosition[] {
    const wanted = topics.flatMap((name) => this.#topics.get(name).partitions)
    const known = this.ofGroup(group)
    const fresh = wanted.filter(({ slot }) => !known.has(slot))
    const first = ({ start, end }: Partition) => (startFrom === 'latest' ? end : start)
    if (fresh.length > 0) {
      this.#database.transaction(() => {
        for (const partition of fresh) this.save(group, partition.slot, first(partition), null)
      })
    }
    return wanted.map((place) => {
      const { topic, partition, slot } = place
      return { topic, partition, ...(known.get(slot) ?? { offset: first(place), metadata: null }) }
    })
  }

  lag(group: string, topic: string): number {
    const positions = this.ofGroup(group)
    return this.#topics
      .get(topic)
      .partitions.reduce(
        (lag, { slot, start, end }) => lag + end - Math.max(start, positions.get(slot)?.offset ?? 0),
        0,
      )
  }

  seek(group: string, { topic, partition, offset }: RecordPosition): void {
    const { slot } = withinRange(this.#topics.partition(topic, partition), offset)
    this.#database.transaction(() => this.save(group, slot, offset, null))
  }
}

/** Throws `PRV_LOG_OFFSET_GONE`, `PRV_LOG_OFFSET_BEYOND_END`. */
export function withinRange(place: Partition, offset: number): Partition {
  const { topic, partition, start, end } = place
  if (offset < start) throw new PortreeveError('PRV_LOG_OFFSET_GONE', { topic, partition, offset, start })
  if (offset > end) throw new PortreeveError('PRV_LOG_OFFSET_BEYOND_END', { topic, partition, offset, end })
  return place
}
