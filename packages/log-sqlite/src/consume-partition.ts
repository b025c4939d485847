import { PortreeveError } from '@portreeve/errors'
import { type Batch, type BatchHandler, type ConsumeOptions, unlessGivenUp, type WriteSet } from '@portreeve/log'
import type { ConsumerParts } from './consumer.ts'
import type { GroupPosition } from './protocol.ts'
import type { Share } from './shares.ts'

const MAX_METADATA_BYTES = 4096

/** Hands out the batches of one partition, one at a time, until the signal comes. */
export async function consumePartition(
  { reader, producer, position }: ConsumerParts,
  options: ConsumeOptions,
  handler: BatchHandler,
  share: Share,
  signal: AbortSignal,
): Promise<void> {
  const { topic, partition } = share
  const { maxRecords, maxBytes, lingerMs = 0, prepare } = options
  const limits = { ...(maxRecords && { maxRecords }), ...(maxBytes && { maxBytes }), lingerMs, waitMs: null }
  if (prepare) await unlessGivenUp(() => prepare({ topic, partition, signal }), signal)
  let { offset, metadata } = await position(share)
  while (!signal.aborted) {
    const { records, next } = await reader.fetch({ topic, partition, from: offset, ...limits }, signal)
    if (signal.aborted || records.length === 0) continue
    const batch: Batch = { topic, partition, records, metadata, signal }
    const set = await unlessGivenUp(() => handler(batch), signal)
    if (set === undefined) return
    const changed = positionAfter(set, batch, next, options.group)
    const isSame = changed.offset === offset && changed.metadata === metadata && set.append.length === 0
    if (!isSame) await producer.write(set.append, { ...changed, group: options.group })
    offset = changed.offset
    metadata = changed.metadata
  }
}

function positionAfter(set: WriteSet, batch: Batch, next: number, group: string): GroupPosition {
  const { topic, partition, records } = batch
  const { finished, metadata = null } = set
  if (!Number.isInteger(finished) || finished < 0 || finished > records.length) {
    throw new TypeError(`finished is ${finished}, but the batch has ${records.length} records`)
  }
  const bytes = metadata === null ? 0 : Buffer.byteLength(metadata)
  if (bytes > MAX_METADATA_BYTES) {
    throw new PortreeveError('PRV_LOG_METADATA_TOO_LARGE', { group, bytes, limit: MAX_METADATA_BYTES })
  }
  return { topic, partition, offset: records[finished]?.offset ?? next, metadata }
}
