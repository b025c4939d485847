/** Where the record stands in the log; the message's body stays there. */
export interface Place {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** A message that is moved aside for one receiver. */
export interface ParkedEntry {
  /** Messages with the same key keep their order at every receiver. */
  readonly key: string
  readonly messageId: string
  /** The public reference. */
  readonly reference: string
  readonly place: Place
  /** Why it cannot be delivered; absent for one that only queues behind another of its key. */
  readonly failure?: Failure
  /** Where it is unknown whether it was taken: the batch to ask about before it is sent again. */
  readonly sentAs?: SentBatch
  readonly since: Date
}

/** A batch as it was sent; its bodies stand in the log. */
export interface SentBatch {
  readonly batchId: string
  readonly topic: string
  readonly partition: number
  /** Of its messages, in their order. */
  readonly offsets: readonly number[]
  /** True when its one message went with the body that a person had put in place last. */
  readonly edited: boolean
}

export interface Failure {
  /** The receiver's own code, or one of the catalogue. */
  readonly code: string
  readonly reason: string
}

/** A message in the queue of its key. */
export interface ParkedMessage extends Omit<ParkedEntry, 'failure' | 'sentAs'> {
  readonly failure: Failure | null
  /** The batch that it may have been taken in; `null` where that is known, or was not kept by an earlier version. */
  readonly batchId: string | null
}

/** A message that may be sent now: the oldest of a released key. */
export interface ReleasedMessage extends ParkedMessage {
  /** To be sent instead of the record's body; `null`: send the original. */
  readonly editedBody: Uint8Array | null
  /** To be asked about first, with the body that its one message went with when that was edited. */
  readonly sentAs: (SentBatch & { readonly editedBody: Uint8Array | null }) | null
  /** Set when it is not to be sent at all: who said so, and why. */
  readonly discarded: { readonly by: string; readonly why: string } | null
  /** What became of it, as `conclude` was told; it is only to be recorded and settled then. `null`: not known yet. */
  readonly outcome: string | null
}

/** A person's decision. */
export interface Release {
  readonly by: string
  readonly why: string
  /** The message that the person saw: it must be the key's oldest still. Default: whichever is. */
  readonly messageId?: string
  /** Stands in for the body of the key's oldest message. The original stays in the log. */
  readonly editedBody?: Uint8Array
  /** True: the key's oldest message is not to be sent at all; what queues behind it goes. Default false. */
  readonly discards?: boolean
}

/** One key of one receiver, as a list shows it. */
export interface ParkedKey {
  readonly receiver: string
  readonly key: string
  /** `parked`: waits for a person. `released`: a person has decided, its messages are on their way. */
  readonly state: 'parked' | 'released'
  /** The message at the head of the queue. */
  readonly first: ParkedMessage
  /** How many queue behind the first. */
  readonly behind: number
}

/** What happened to a message of the key; never changed afterwards. */
export interface ParkedEvent {
  readonly messageId: string
  readonly at: Date
  readonly what: 'parked' | 'released' | 'settled'
  /** With `parked`. */
  readonly failure: Failure | null
  /** With `released`. */
  readonly release: Release | null
}

/** A key with its queue, first in first out, and all that happened to it, oldest first. */
export interface ParkedKeyDetail {
  /** `settled`: nothing of the key waits any more. */
  readonly state: 'parked' | 'released' | 'settled'
  readonly messages: readonly ParkedMessage[]
  readonly events: readonly ParkedEvent[]
}
