import type { Database } from '@portreeve/database'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { SharedWrites, StateChange } from './changes.ts'

/** What came of a change: its answer, or why it had no effect. */
export type ChangeResult = { readonly answer: unknown } | { readonly refused: PortreeveError }

/** Follows what the workers on one log have written down, in the order of the log: all of them come to the same. */
export interface SharedChanges {
  /** The offset that is read next; 0 before the first. */
  next(): number
  /** Takes over changes and the position that follows, in one transaction; one result for each, same order. */
  apply(changes: readonly StateChange[], next: number): readonly ChangeResult[]
}

export function sharedChangesIn(
  database: Database,
  writes: Omit<SharedWrites, 'take' | 'confirm'>,
  setClock: (at: Date | null) => void,
): SharedChanges {
  const position = database.prepare('SELECT next FROM shared_position', { next: 'integer' })
  const setPosition = database.prepare(
    'INSERT INTO shared_position (one, next) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET next = excluded.next',
  )
  const holder = database.prepare('SELECT worker FROM holders WHERE name = ? AND topic = ? AND "partition" = ?', {
    worker: 'text',
  })
  const take = database.prepare(
    `INSERT INTO holders (name, topic, "partition", worker) VALUES (?, ?, ?, ?)
     ON CONFLICT (name, topic, "partition") DO UPDATE SET worker = excluded.worker`,
  )
  const ofAttempt = database.prepare('SELECT topic, "partition" FROM attempts WHERE receiver = ? AND batch_id = ?', {
    topic: 'text',
    partition: 'integer',
  })
  const ofParked = database.prepare(
    'SELECT topic, "partition" FROM parked_messages WHERE receiver = ? AND message_id = ?',
    { topic: 'text', partition: 'integer' },
  )

  /** What whoever writes this has to hold; none where anybody may. */
  function heldFor(change: StateChange): { name: string; topic: string; partition: number } | undefined {
    switch (change.kind) {
      case 'confirm':
      case 'begin': {
        const [name, topic, partition] = change.told
        return { name, topic, partition }
      }
      case 'end': {
        const [name, batchId] = change.told
        const row = ofAttempt.get(name, batchId)
        return row && { name, ...row }
      }
      case 'park': {
        const [name, [first]] = change.told
        return first && { name, topic: first.place.topic, partition: first.place.partition }
      }
      case 'conclude':
      case 'settle': {
        const [name, messageId] = change.told
        const row = ofParked.get(name, messageId)
        return row && { name, ...row }
      }
      case 'reach':
        return { name: change.told[0], topic: '', partition: 0 }
      case 'take':
      case 'release':
        return undefined
    }
  }

  function applied(change: StateChange): unknown {
    const held = heldFor(change)
    const by = held && holder.get(held.name, held.topic, held.partition)?.worker
    if (held && by !== undefined && by !== change.by) {
      const { topic, partition } = held
      throw new PortreeveError('PRV_LOG_PARTITION_MOVED', { topic: topic || held.name, partition })
    }
    switch (change.kind) {
      case 'take':
        return take.run(...change.told, change.by)
      case 'confirm':
        return undefined
      case 'begin':
        return writes.begin(...change.told)
      case 'end':
        return writes.end(...change.told)
      case 'park':
        return writes.park(...change.told)
      case 'release':
        return writes.release(...change.told)
      case 'conclude':
        return writes.conclude(...change.told)
      case 'settle':
        return writes.settle(...change.told)
      case 'reach':
        return writes.reach(...change.told)
    }
  }

  function resultOf(change: StateChange): ChangeResult {
    setClock(new Date(change.at))
    try {
      return { answer: database.transaction(() => applied(change)) }
    } catch (error) {
      // The same everywhere; a fault of this machine's disk is not.
      if (isPortreeveError(error) && !error.code.startsWith('PRV_DATABASE_')) return { refused: error }
      throw error
    } finally {
      setClock(null)
    }
  }

  return {
    next: () => position.get()?.next ?? 0,
    apply: (changes, next) =>
      // Lost in a power cut, it is read again from the log.
      database.transaction(
        () => {
          const results = changes.map(resultOf)
          setPosition.run(next)
          return results
        },
        { flush: false },
      ),
  }
}
