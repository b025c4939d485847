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
}

/** A batch that is being collected; a value, never changed. */
export interface Collected {
  readonly messages: number
  readonly bytes: number
}

export const nothingCollected: Collected = { messages: 0, bytes: 0 }

/** The batch with one message more. */
export function collect({ messages, bytes }: Collected, sizeBytes: number): Collected {
  return { messages: messages + 1, bytes: bytes + sizeBytes }
}

/** False when the batch has to be completed without this message. */
export function hasRoomFor(collected: Collected, sizeBytes: number, completeness: Completeness): boolean {
  const { maxMessages = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY } = completeness
  if (collected.messages === 0) return true
  return collected.messages < maxMessages && collected.bytes + sizeBytes <= maxBytes
}
