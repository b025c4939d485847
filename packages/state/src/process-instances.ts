import type { Database } from '@portreeve/database'

/** An instance of a process, as it is kept: what it is found by, and the rest in the words of whoever keeps it. */
export interface StoredInstance {
  readonly process: string
  readonly id: string
  /** Public reference of the transaction. */
  readonly reference: string
  /** Instances of one key are kept in the order in which they came. */
  readonly key: string
  readonly isOpen: boolean
  /** A person has to do something about it. */
  readonly needsPerson: boolean
  readonly timers: readonly { readonly timer: string; readonly dueAt: Date }[]
  readonly json: string
}

export interface DueTimer {
  readonly process: string
  readonly instance: string
  readonly timer: string
  readonly dueAt: Date
}

export interface InstancePage {
  /** Each as JSON, oldest first. */
  readonly instances: readonly string[]
  /** Give it as `after` for the next page; `null` on the last. */
  readonly next: number | null
}

/** Instances of processes and their durable timers: a projection of the topic that the processes write. */
export interface ProcessStore {
  /** The offset that is read next; 0 before the first. */
  position(topic: string, partition: number): number
  /** Takes over instances and the position that follows, in one transaction. A power cut may take the last ones back. */
  apply(topic: string, partition: number, next: number, instances: readonly StoredInstance[]): void
  /** JSON, or `null`. */
  get(process: string, id: string): string | null
  /** Open ones, in the order in which they came. */
  openOf(process: string, key: string): readonly { readonly id: string; readonly json: string }[]
  /** Open ones of a process, whatever their key. `limit`: default 500. */
  allOpen(process: string, query?: { readonly after?: number; readonly limit?: number }): InstancePage
  /** Of every process: that of the transaction with this reference. */
  ofReference(reference: string): string | null
  /** Those that wait for a person. `limit`: default 50. */
  waitingForPerson(query?: { readonly after?: number; readonly limit?: number }): InstancePage
  /** How many are open, and how many of them wait for a person, by process. */
  counts(): readonly { readonly process: string; readonly open: number; readonly needPerson: number }[]
  /** Timers that have gone off, the oldest first. */
  due(now: Date, limit: number): readonly DueTimer[]
  /** Forgets instances that were over before this moment. Returns how many. */
  forget(before: Date): number
}

/** The log has all of it: what a power cut takes back is folded again. */
const unflushed = { flush: false }

export function processStoreIn(database: Database, now: () => Date): ProcessStore {
  const position = database.prepare('SELECT next FROM process_positions WHERE topic = ? AND "partition" = ?', {
    next: 'integer',
  })
  const setPosition = database.prepare(
    `INSERT INTO process_positions (topic, "partition", next) VALUES (?, ?, ?)
     ON CONFLICT (topic, "partition") DO UPDATE SET next = excluded.next`,
  )
  const upsert = database.prepare(
    `INSERT INTO process_instances (process, id, reference, key, is_open, needs_person, json, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (process, id) DO UPDATE SET is_open = excluded.is_open, needs_person = excluded.needs_person,
       json = excluded.json, changed_at = excluded.changed_at`,
  )
  const clearTimers = database.prepare('DELETE FROM process_timers WHERE process = ? AND instance = ?')
  const setTimer = database.prepare('INSERT INTO process_timers (process, instance, timer, due_at) VALUES (?, ?, ?, ?)')
  const one = database.prepare('SELECT json FROM process_instances WHERE process = ? AND id = ?', { json: 'text' })
  const open = database.prepare(
    'SELECT id, json FROM process_instances WHERE process = ? AND key = ? AND is_open = 1 ORDER BY sequence',
    { id: 'text', json: 'text' },
  )
  const allOpen = database.prepare(
    'SELECT sequence, json FROM process_instances WHERE process = ? AND is_open = 1 AND sequence > ? ORDER BY sequence LIMIT ?',
    { sequence: 'integer', json: 'text' },
  )
  const byReference = database.prepare('SELECT json FROM process_instances WHERE reference = ?', { json: 'text' })
  const waiting = database.prepare(
    'SELECT sequence, json FROM process_instances WHERE needs_person = 1 AND sequence > ? ORDER BY sequence LIMIT ?',
    { sequence: 'integer', json: 'text' },
  )
  const counted = database.prepare(
    `SELECT process, count(*) AS open, sum(needs_person) AS need_person FROM process_instances
     WHERE is_open = 1 GROUP BY process`,
    { process: 'text', open: 'integer', need_person: 'integer' },
  )
  const due = database.prepare(
    'SELECT process, instance, timer, due_at FROM process_timers WHERE due_at <= ? ORDER BY due_at LIMIT ?',
    { process: 'text', instance: 'text', timer: 'text', due_at: 'integer' },
  )
  const remove = database.prepare('DELETE FROM process_instances WHERE is_open = 0 AND changed_at < ?')

  return {
    position: (topic, partition) => position.get(topic, partition)?.next ?? 0,
    apply(topic, partition, next, instances) {
      const changedAt = now().getTime()
      database.transaction(() => {
        for (const { process, id, reference, key, isOpen, needsPerson, timers, json } of instances) {
          upsert.run(process, id, reference, key, isOpen ? 1 : 0, needsPerson ? 1 : 0, json, changedAt)
          clearTimers.run(process, id)
          for (const { timer, dueAt } of timers) setTimer.run(process, id, timer, dueAt.getTime())
        }
        setPosition.run(topic, partition, next)
      }, unflushed)
    },
    get: (process, id) => one.get(process, id)?.json ?? null,
    openOf: (process, key) => open.all(process, key).map((row) => ({ ...row })),
    allOpen: (process, { after = 0, limit = 500 } = {}) => pageOf(allOpen.all(process, after, limit), limit),
    ofReference: (reference) => byReference.get(reference)?.json ?? null,
    waitingForPerson({ after = 0, limit = 50 } = {}) {
      return pageOf(waiting.all(after, limit), limit)
    },
    counts: () =>
      counted.all().map(({ process, open: count, need_person: needPerson }) => ({ process, open: count, needPerson })),
    due: (at, limit) =>
      due.all(at.getTime(), limit).map(({ process, instance, timer, due_at: dueAt }) => {
        return { process, instance, timer, dueAt: new Date(dueAt) }
      }),
    forget: (before) => remove.run(before.getTime()),
  }
}

function pageOf(rows: readonly { readonly sequence: number; readonly json: string }[], limit: number): InstancePage {
  const last = rows.at(-1)
  return { instances: rows.map(({ json }) => json), next: rows.length < limit ? null : (last?.sequence ?? null) }
}
