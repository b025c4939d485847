import type { Database } from '@portreeve/database'
import type { AtOnce } from './at-once.ts'
import { parkedDecisionsIn } from './parked-decisions.ts'
import { parkedListIn } from './parked-list.ts'
import type {
  Failure,
  ParkedEntry,
  ParkedEvent,
  ParkedKey,
  ParkedKeyDetail,
  Place,
  Release,
  ReleasedMessage,
} from './parked-message.ts'
import { parkedQueueIn } from './parked-queue.ts'

export interface ParkedQuery {
  /** Default: all receivers. */
  readonly receiver?: string
  /** `next` of the page before. */
  readonly after?: number
  /** Most keys of a page. Default 100. */
  readonly limit?: number
}

/** Oldest first. */
export interface ParkedPage {
  readonly keys: readonly ParkedKey[]
  /** `null` on the last page. */
  readonly next: number | null
}

/**
 * Dead Letter Channel (EIP), by key and receiver: a message that cannot be delivered waits for a person, and later
 * ones of its key queue behind it, first in first out, over restarts. Other keys and other receivers go on.
 */
export interface ParkedMessages {
  /**
   * Moves messages aside; a message with a failure parks its key. Idempotent for records that are redelivered. When a
   * released message comes again with a failure, its key is parked again and the message keeps its place.
   */
  park(receiver: string, entries: readonly ParkedEntry[]): Promise<void>
  /** Those of the keys that have a queue, parked or released: whoever has such a key must queue behind. */
  parkedKeys(receiver: string, keys: readonly string[]): Promise<ReadonlySet<string>>
  /** Those of the messages that are in a queue, by id, each with why; `null` for one that only queues behind another. */
  waiting(receiver: string, messageIds: readonly string[]): Promise<ReadonlyMap<string, Failure | null>>
  /** Lets a parked key's messages go, oldest first. Rejects with `PRV_STATE_KEY_NOT_PARKED` and `PRV_STATE_OTHER_MESSAGE`. */
  release(receiver: string, key: string, release: Release): Promise<void>
  /**
   * The message to be sent next of those whose records stand in these partitions (default: all), or `null`. It stays the next one
   * until it is settled or parked again.
   */
  nextReleased(receiver: string, partitions?: readonly Omit<Place, 'offset'>[]): Promise<ReleasedMessage | null>
  /** Keeps what became of a released message, in the caller's words, until it is settled; parked again, it is forgotten. */
  conclude(receiver: string, messageId: string, outcome: string): Promise<void>
  /** The message is dealt with; the key is free when its queue is empty. False when it was not in a queue. */
  settle(receiver: string, messageId: string): Promise<boolean>
  /** Those of the messages that were settled here: their records, when redelivered after a crash, are done. */
  settled(receiver: string, messageIds: readonly string[]): Promise<ReadonlySet<string>>
  list(query?: ParkedQuery): Promise<ParkedPage>
  /** `null` when nothing is known of the key. */
  show(receiver: string, key: string): Promise<ParkedKeyDetail | null>
  /** What happened to these messages at one receiver, oldest first. */
  eventsOf(receiver: string, messageIds: readonly string[]): Promise<readonly ParkedEvent[]>
  /** Places that a queue, or a question about a batch, still needs: the log must keep these and all after them. */
  lowestPlaces(): Promise<readonly Place[]>
  /** Forgets what happened before this moment to keys that are free by now; edited bodies too. Returns how many events. */
  forget(before: Date): Promise<number>
}

/** As `ParkedMessages`; what changes a queue is done when it returns. */
export type ParkedMessagesNow = AtOnce<ParkedMessages, 'park' | 'release' | 'conclude' | 'settle'>

export function parkedMessagesIn(database: Database, now: () => Date): ParkedMessagesNow {
  return { ...parkedDecisionsIn(database, now), ...parkedQueueIn(database), ...parkedListIn(database) }
}
