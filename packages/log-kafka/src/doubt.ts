import { PortreeveError } from '@portreeve/errors'
import type { Header, RecordPosition, StoredRecord } from '@portreeve/log'
import type { Ends } from './ends.ts'
import type { MovedPosition, PlacedJob } from './job.ts'
import { call, type RawOffset } from './rdkafka.ts'
import type { Reader } from './reader.ts'
import { type OwnRecord, toBuffer, toHeaders } from './records.ts'

export interface DoubtParts {
  readonly reader: Reader
  readonly ends: Ends
  /** How long one question may take. */
  readonly requestMs: number
  readonly signal: AbortSignal
}

interface Sent {
  readonly record: OwnRecord
  readonly place: RecordPosition
}

const identity = 'ce_id'

/**
 * Whether a transaction that has been ended was committed: its records stand where their delivery was reported, or not; without
 * records, its positions tell. Rejects while that cannot be seen.
 */
export async function wasCommitted(jobs: readonly PlacedJob[], parts: DoubtParts): Promise<boolean> {
  const sent = jobs.flatMap(({ records, offsets }) => {
    return records.flatMap((record, index): Sent[] => {
      const place = offsets[index]
      return place && place.offset >= 0 ? [{ record, place }] : []
    })
  })
  if (jobs.every(({ records }) => records.length === 0)) return await isMoved(jobs, parts)
  const seen: boolean[] = []
  for (const group of Map.groupBy(sent, ({ place }) => `${place.topic}/${place.partition}`).values()) {
    seen.push(...(await areThere(group, parts)))
  }
  const isThere = seen[0]
  if (isThere === undefined || seen.includes(!isThere)) throw unknown('partly there')
  return isThere
}

/** Of each record that is still kept, whether it can be read. All are of one partition. */
async function areThere(sent: readonly Sent[], { reader, ends, signal }: DoubtParts): Promise<readonly boolean[]> {
  const offsets = sent.map(({ place }) => place.offset)
  const highest = Math.max(...offsets)
  const [{ topic, partition } = { topic: '', partition: 0 }] = sent.map(({ place }) => place)
  const { start, end } = await ends.ofPartition({ topic, partition })
  if (end <= highest) throw unknown('not shown yet')
  const found = new Map<number, StoredRecord>()
  for (let from = Math.max(start, Math.min(...offsets)); from <= highest; ) {
    const { records, next } = await reader.read({ topic, partition, from, signal })
    for (const record of records) found.set(record.offset, record)
    if (next <= from) throw unknown('not shown yet')
    from = next
  }
  const kept = sent.filter(({ place }) => place.offset >= start)
  return kept.map(({ record, place }) => isSame(record, found.get(place.offset)))
}

/** A position that another member may have moved meanwhile says nothing. */
async function isMoved(jobs: readonly PlacedJob[], { requestMs }: DoubtParts): Promise<boolean> {
  for (const { position } of jobs) if (position?.isHeld() && (await standsAt(position, requestMs))) return true
  return false
}

async function standsAt({ consumer, topic, partition, offset }: MovedPosition, requestMs: number): Promise<boolean> {
  const places = [{ topic, partition }]
  const [found] = await call<readonly RawOffset[]>((done) => consumer.committed(places, requestMs, done))
  return found?.offset === offset
}

function isSame(sent: OwnRecord, found: StoredRecord | undefined): boolean {
  if (!found) return false
  const [ours, theirs] = [toHeaders(sent.headers).map(asText), found.headers.map(asText)]
  const [ourId, theirId] = [ours, theirs].map((headers) => headers.find(([name]) => name === identity)?.[1])
  if (ourId !== undefined && theirId !== undefined) return ourId === theirId
  const areSameHeaders = JSON.stringify(ours) === JSON.stringify(theirs)
  return areSameHeaders && isSameBytes(sent.key, found.key) && isSameBytes(sent.value, found.value)
}

function asText([name, value]: Header): readonly [string, string] {
  return [name, toBuffer(value).toString('base64')]
}

function isSameBytes(ours: Uint8Array | null, theirs: Uint8Array | null): boolean {
  return toBuffer(ours ?? new Uint8Array()).equals(theirs ?? new Uint8Array())
}

function unknown(fault: string): PortreeveError {
  return new PortreeveError('PRV_LOG_APPEND_UNKNOWN', { fault })
}
