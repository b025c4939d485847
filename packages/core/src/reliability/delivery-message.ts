import { createHash } from 'node:crypto'
import type { Message } from '@portreeve/envelope'
import type { PortreeveError } from '@portreeve/errors'
import type { Candidate } from '@portreeve/model'
import type { SentBefore } from './sent-batch.ts'

/** Where a record stands; offsets of a partition rise. */
export interface Place {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export interface DeliveryMessage {
  readonly message: Message
  /** Messages with the same key keep their order. */
  readonly key: string
  readonly place: Place
  /** True when a person has changed the body: then it is not the same batch as the one that failed. Default false. */
  readonly edited?: boolean
  /** Of a dead letter that may have been taken already: the batch to ask about before it is sent. */
  readonly sentBefore?: SentBefore
}

/**
 * What is to be recorded of a message. `recorded`: it was dealt with as a dead letter, and the record of that is in the log
 * already; nothing is to be added.
 */
export interface DeliveryOutcome {
  readonly messageId: string
  readonly state: 'delivered' | 'refused' | 'parked' | 'recorded'
  /** The receiver's own code, or one of the catalogue. With `refused` and `parked`. */
  readonly code?: string
  readonly reason?: string
  /** The receiver's word for what it has. With `delivered`. */
  readonly proof?: string
  /** With `refused`: who may be meant, where a person has to choose. */
  readonly candidates?: readonly Candidate[]
  readonly batchId: string
}

/** A message in one run of the delivery, until it has its outcome. */
export interface Slot {
  readonly index: number
  readonly item: DeliveryMessage
  /** What stands for the message in a batch id: the message's id, and the body's digest when that was edited. */
  readonly sendId: string
  outcome: DeliveryOutcome | null
}

export function slotsOf(messages: readonly DeliveryMessage[]): readonly Slot[] {
  return messages.map((item, index) => {
    const { envelope, body } = item.message
    const sendId = item.edited ? `${envelope.id}#${createHash('sha256').update(body).digest('hex')}` : envelope.id
    return { index, item, sendId, outcome: null }
  })
}

export function reasonOf({ code, message }: Pick<PortreeveError, 'code' | 'message'>): {
  code: string
  reason: string
} {
  return { code, reason: message }
}
