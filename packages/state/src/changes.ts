import { gunzipSync, gzipSync } from 'node:zlib'
import { PortreeveError } from '@portreeve/errors'
import type { AttemptsNow } from './attempts.ts'
import type { Cursors } from './cursors.ts'
import type { ParkedMessagesNow } from './parked-messages.ts'

/** Everything that workers who share a log tell each other of what they remember. */
export interface SharedWrites {
  /** Holds what is named from now on: a partition of a receiver, or a lease. */
  take(name: string, topic: string, partition: number): void
  /** Changes nothing: says whether it is held still. */
  confirm(name: string, topic: string, partition: number): void
  begin: AttemptsNow['begin']
  end: AttemptsNow['end']
  park: ParkedMessagesNow['park']
  release: ParkedMessagesNow['release']
  conclude: ParkedMessagesNow['conclude']
  settle: ParkedMessagesNow['settle']
  reach: (...told: Parameters<Cursors['set']>) => void
}

/** One of them, as it is written down: `at` in milliseconds since 1970, `by` the worker. */
export type StateChange = {
  [Kind in keyof SharedWrites]: {
    readonly kind: Kind
    readonly told: Parameters<SharedWrites[Kind]>
    readonly at: number
    readonly by: string
    /** Told apart from all others. */
    readonly id: string
  }
}[keyof SharedWrites]

const smallBytes = 4096
const mostBytes = 16 * 1024 * 1024
const kinds: ReadonlySet<unknown> = new Set<keyof SharedWrites>([
  'take',
  'confirm',
  'begin',
  'end',
  'park',
  'release',
  'conclude',
  'settle',
  'reach',
])

/**
 * As JSON, compressed with gzip when it is large; dates and bytes come back as they were. Throws `PRV_STATE_CHANGE_TOO_LARGE`: no worker
 * would take it over.
 */
export function writeChange(change: StateChange): Uint8Array {
  const json = Buffer.from(JSON.stringify(packed(change)))
  const { byteLength: bytes } = json
  if (bytes > mostBytes) throw new PortreeveError('PRV_STATE_CHANGE_TOO_LARGE', { bytes, limit: mostBytes })
  return json.byteLength > smallBytes ? gzipSync(json) : json
}

/**
 * `null` for what no version of ours wrote. Throws `PRV_STATE_CHANGE_UNKNOWN` for what a later one has: without it, this worker would
 * remember something else than the others.
 */
export function readChange(bytes: Uint8Array): StateChange | null {
  const change = parsed(bytes)
  if (!isTold(change)) return null
  if (isKnown(change)) return change
  throw new PortreeveError('PRV_STATE_CHANGE_UNKNOWN', { kind: change.kind })
}

function parsed(bytes: Uint8Array): unknown {
  try {
    const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b
    const json = isCompressed ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes
    return unpacked(JSON.parse(new TextDecoder().decode(json)))
  } catch {
    return null
  }
}

type Told = Record<keyof StateChange, unknown> & { readonly kind: string }

function isTold(value: unknown): value is Told {
  if (typeof value !== 'object' || value === null) return false
  const { kind, told, at, by, id } = value as Partial<Told>
  const isFrom = typeof by === 'string' && typeof id === 'string'
  return typeof kind === 'string' && Array.isArray(told) && typeof at === 'number' && isFrom
}

function isKnown(change: Told): change is Told & StateChange {
  return kinds.has(change.kind)
}

function packed(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.getTime() }
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  return mapped(value, packed)
}

function unpacked(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    if ('$date' in value) return new Date(Number(value.$date))
    if ('$bytes' in value) return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'))
  }
  return mapped(value, unpacked)
}

function mapped(value: unknown, map: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(map)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, map(each)]))
}
