import type { Envelope, Message } from '@portreeve/envelope'
import type { Outcome } from './outcome.ts'
import type { Answers, Question, QuestionKind } from './question.ts'

/** What the broker lends an adapter. No log, no router, no other adapter. */
export interface AdapterContext {
  /** The instance's name in the configuration, such as `voa`. */
  readonly label: string
  /** GSS code of the council. */
  readonly authority: string
  readonly now: () => Date
  /** Aborted when the broker stops. */
  readonly signal: AbortSignal
  /** Large bodies by content address. */
  readonly claims: Claims
}

/** The part of the Claim Check store that adapters see. */
export interface Claims {
  /** Stages a body: on disk and flushed when it resolves. The same bytes give the same claim. */
  put(source: AsyncIterable<Uint8Array>): Promise<Claim>
  /** Reads it back; the digest is verified, and a difference rejects at the end. */
  get(digest: string): AsyncIterable<Uint8Array>
}

export interface Claim {
  /** SHA-256, lower-case hex. */
  readonly digest: string
  readonly sizeBytes: number
}

/**
 * What an adapter says of a message; the broker adds id rules, reference, authority, time, trace. `idSeed` makes the
 * message's id: the same seed is the same message, for ever.
 */
export interface Emitted {
  readonly type: string
  readonly idSeed: string
  readonly attributes?: Partial<
    Pick<Envelope, 'subject' | 'uprn' | 'customer' | 'lgsl' | 'lgil' | 'egms' | 'channel' | 'dataSchema' | 'origin'>
  >
  /** Messages with the same key keep their order, at every receiver. */
  readonly key: string
  readonly contentType: string
  readonly body: Uint8Array
}

/** One thing that `poll` found. `settle` is called once it is durably accepted, or was seen before. */
export interface Polled {
  readonly message: Emitted
  /** Name of the file that it stands for, to be told to people. */
  readonly fileName?: string
  /** `duplicate`: the same content came before, under `reference`; nothing was published. Idempotent. */
  settle(result: { status: 'accepted' | 'duplicate'; reference: string }): Promise<void>
}

/** One record of a received document: a message, or why it is refused. */
export type Received =
  | { readonly index: number; readonly message: Emitted }
  | { readonly index: number; readonly refused: Refusal }

/** Why a document or one of its records was not accepted; the body of the `….refused` message. */
export interface Refusal {
  /** What the submitter calls it, where that could be read: report number, transaction id. */
  readonly identity: Readonly<Record<string, string>>
  readonly problems: readonly RefusalProblem[]
  /** A refused record as it arrived, in the format of its document. Personal data. Absent for a document. */
  readonly rawReport?: string
}

/** The same shape as a format's problem. */
export interface RefusalProblem {
  readonly code: string
  readonly path: string
  readonly line?: number
  readonly column?: number
  readonly rule: string
  readonly value?: string
  readonly sentence: string
}

/** How far a long read has got. `totalBytes` is what the caller said. */
export interface ReceiveProgress {
  readonly bytesRead: number
  readonly recordsRead: number
}

export interface ReceiveOptions {
  readonly contentType: string
  /** Identity of the document, such as its digest: the ids of its messages derive from it. */
  readonly documentId: string
  /** What the submitter calls the document, such as its file name: for people, never interpreted. */
  readonly documentName?: string
  /** Label of the adapter instance that it came in by. A record that can be refused later carries it along. */
  readonly inbox?: string
  /** Records before this index are skipped, as cheaply as can be: they were published before. Default 0. */
  readonly fromIndex?: number
  readonly onProgress?: (progress: ReceiveProgress) => void
  readonly signal: AbortSignal
}

/** A batch on its way out. The same `id` always stands for the same messages in the same order. */
export interface OutgoingBatch {
  readonly id: string
  readonly messages: readonly Message[]
}

/** A running adapter. An optional method exists exactly when the capability says so. */
export interface Adapter extends AsyncDisposable {
  /** Reaches the system with the least privilege; never writes. Rejects with a `PortreeveError`. */
  check(signal: AbortSignal): Promise<void>
  /** What is new since `cursor`, oldest first; ends when there is nothing more for now. */
  poll?(cursor: string | null, signal: AbortSignal): AsyncIterable<{ polled: Polled; cursor: string | null }>
  /**
   * Reads a document. `check` reads it to its end and keeps nothing: it answers with what is wrong with the document as
   * a whole, or `null`; `records` must only be used after a `null`.
   */
  receive?: {
    check(source: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<Refusal | null>
    records(source: AsyncIterable<Uint8Array>, options: ReceiveOptions): AsyncIterable<Received>
  }
  /** One outcome per message, same order. It rejects only when it is sure that nothing was sent. */
  send?(batch: OutgoingBatch, signal: AbortSignal): Promise<readonly Outcome[]>
  /** What became of a batch sent earlier: one outcome per message; `not-taken` when the system never saw it. */
  lookup?(batch: OutgoingBatch, signal: AbortSignal): Promise<readonly Outcome[]>
  /** Answers a question without changing anything. Rejects with a `PortreeveError` when it cannot be answered now. */
  request?<Kind extends QuestionKind>(question: Question<Kind>, signal: AbortSignal): Promise<Answers[Kind]>
}
