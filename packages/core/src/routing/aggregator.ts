import { createHash } from 'node:crypto'

/** SHA-256, lower-case hex, over the receiver and the messages: same messages, same order, same id. */
export function batchId(receiver: string, messageIds: readonly string[]): string {
  const hash = createHash('sha256')
  // Each text with its length: two lists never run together to the same bytes.
  for (const text of [receiver, ...messageIds]) hash.update(`${Buffer.byteLength(text)}:${text}`)
  return hash.digest('hex')
}

/** When a batch is complete, whichever comes first. */
export interface Completeness {
  /** Default: no limit. */
  readonly maxMessages?: number
  /** Of all bodies together; a single larger message still makes a batch, alone. Default: no limit. */
  readonly maxBytes?: number
  /** From the arrival of its first message. Default: no limit. */
  readonly maxWaitMs?: number
}

/** A batch that is being collected; a value, never changed. */
export interface Collected {
  readonly messages: number
  readonly bytes: number
  /** Milliseconds since 1970 of its first message's arrival; `null` while it is empty. */
  readonly since: number | null
}

export const nothingCollected: Collected = { messages: 0, bytes: 0, since: null }

/** The batch with one message more. */
export function collect(collected: Collected, sizeBytes: number, now: number): Collected {
  return {
    messages: collected.messages + 1,
    bytes: collected.bytes + sizeBytes,
    since: collected.since ?? now,
  }
}

/** False when the batch has to be completed without this message. */
export function hasRoomFor(collected: Collected, sizeBytes: number, completeness: Completeness): boolean {
  const { maxMessages = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY } = completeness
  if (collected.messages === 0) return true
  return collected.messages < maxMessages && collected.bytes + sizeBytes <= maxBytes
}

/** True when nothing more is waited for. */
export function isComplete(collected: Collected, now: number, completeness: Completeness): boolean {
  if (collected.since === null) return false
  const { maxMessages, maxBytes, maxWaitMs } = completeness
  return (
    (maxMessages !== undefined && collected.messages >= maxMessages) ||
    (maxBytes !== undefined && collected.bytes >= maxBytes) ||
    (maxWaitMs !== undefined && now - collected.since >= maxWaitMs)
  )
}
