import { createHash } from 'node:crypto'
import type { LogRecord, StoredRecord } from '@portreeve/log'

export const SOURCE = 'parish.register.entered'
export const COPY = 'parish.register.copied'
/** Kept short by retention while the others are written. */
export const PASSING = 'parish.bell.rung'
export const COPY_GROUP = 'copyist'
export const EFFECT_GROUP = 'visitor'

/** A record's name says who wrote it when: `key.run.number`. Numbers count from 1 for each key in each run. */
export interface RecordName {
  readonly key: string
  readonly run: number
  readonly number: number
}

export interface BatchName {
  /** Unique over all runs. */
  readonly id: string
  readonly size: number
}

export function nameText({ key, run, number }: RecordName): string {
  return `${key}.${run}.${number}`
}

/** The value follows from the name, so whoever reads it back knows what it must be. One in `largeIn` has 20 KB. */
export function valueFor(name: string, largeIn: number): Buffer {
  const hash = createHash('sha256').update(name).digest()
  const length = hash.readUInt16LE() % largeIn === 0 ? 20_000 : 40 + (hash.readUInt16LE(2) % 400)
  return Buffer.alloc(length, `${name} ${hash.toString('hex')} `)
}

export function recordOf(topic: string, name: RecordName, batch: BatchName, largeIn: number): LogRecord {
  const text = nameText(name)
  return {
    topic,
    key: Buffer.from(name.key),
    value: valueFor(text, largeIn),
    headers: [
      ['name', Buffer.from(text)],
      ['batch', Buffer.from(`${batch.id}/${batch.size}`)],
    ],
  }
}

export function textOf({ headers }: StoredRecord, header: 'name' | 'batch'): string {
  const found = headers.find(([name]) => name === header)
  return found === undefined ? '' : Buffer.from(found[1]).toString()
}

export function nameOf(record: StoredRecord): RecordName {
  const [key = '', run, number] = textOf(record, 'name').split('.')
  return { key, run: Number(run), number: Number(number) }
}

export function batchOf(record: StoredRecord): BatchName {
  const [id = '', size] = textOf(record, 'batch').split('/')
  return { id, size: Number(size) }
}
