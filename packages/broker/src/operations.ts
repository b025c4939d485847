import type { ProcessStage, ProcessStep, SystemProgress } from '@portreeve/core'
import type { MessageState, PairState } from '@portreeve/ledger'
import type { Candidate } from '@portreeve/model'
import type { FileProgress, Pause } from './events.ts'
import type { Arguments } from './operation-arguments.ts'
import type { ActiveConfiguration } from './takeover/active-configuration.ts'
import type { Applied } from './takeover/apply.ts'

/**
 * What a person can ask of a broker, running or not. Everything in and out is JSON, for it crosses the admin socket;
 * times are RFC 3339, UTC; what may be asked stands in `operation-arguments.ts`. Every operation rejects with a `PortreeveError`.
 */
export interface Operations {
  status(): Promise<Status>
  /** Messages found, newest first. */
  search(query: SearchQuery): Promise<SearchPage>
  /** One time line: the message with this reference or id, and all that followed from it. `null`: nothing is known. */
  track(query: Arguments['track']): Promise<Track | null>
  deadLetters(query: Arguments['deadLetters']): Promise<DeadLetterPage>
  /** `null` when nothing is known of the key. With `body`, as text, when it is text. */
  deadLetter(query: Arguments['deadLetter']): Promise<DeadLetterDetail | null>
  /**
   * Lets the key's messages go again, oldest first; `editedBody` (text) stands in for the first one's body.
   * Rejects with `PRV_STATE_KEY_NOT_PARKED` and `PRV_STATE_OTHER_MESSAGE`.
   */
  retryDeadLetter(request: Arguments['retryDeadLetter']): Promise<void>
  /**
   * Has the key's oldest message not sent at all, ever; what waits behind it goes, in order. It stays in the log.
   * Rejects with `PRV_STATE_KEY_NOT_PARKED` and `PRV_STATE_OTHER_MESSAGE`.
   */
  discardDeadLetter(request: DeadLetterDecision): Promise<void>
  /** A transaction that a process handles. `null`: nothing is known of the reference. */
  transaction(query: Arguments['transaction']): Promise<Transaction | null>
  /** Transactions that wait for a person, oldest first. */
  transactions(query: Arguments['transactions']): Promise<TransactionPage>
  /** Lets a transaction that quality control holds go on, or not. Rejects with `PRV_BROKER_TRANSACTION_UNKNOWN` and `PRV_BROKER_NOT_HELD`. */
  decideTransaction(request: Arguments['decideTransaction']): Promise<void>
  /**
   * Lets a held transaction go on with another body: a message of its own, a child of the one that it corrects. Rejects as
   * `decideTransaction` does, and with `PRV_BROKER_EDIT_REFUSED`.
   */
  correctTransaction(request: Arguments['correctTransaction']): Promise<void>
  /**
   * Says that a person has dealt with a system by hand or, with `personReference`, who is meant: then the system is asked again.
   * Rejects with `PRV_BROKER_TRANSACTION_UNKNOWN` and `PRV_BROKER_NEEDS_NOBODY`.
   */
  resolveTransaction(request: Arguments['resolveTransaction']): Promise<void>
  /** What a replay would repeat; sends nothing. Rejects with `PRV_BROKER_REPLAY_RECEIVER`. */
  previewReplay(query: Arguments['previewReplay']): Promise<ReplayPreview>
  /** Sends the receivers once more what is selected, a replay for each; durable when it resolves. Rejects as `previewReplay` does. */
  startReplay(
    request: Arguments['startReplay'],
  ): Promise<{ readonly replays: readonly { replay: string; receiver: string }[] }>
  /** Nothing more of a replay is sent. Rejects with `PRV_BROKER_REPLAY_NOT_UNDER_WAY`. */
  stopReplay(request: Arguments['stopReplay']): Promise<void>
  /** All that were ever started, the newest first. */
  replays(): Promise<{ readonly replays: readonly ReplayStatus[] }>
  /** What a start with another configuration would do to what lies in the data folder, or refuse. Changes nothing. */
  foresee(plan: Arguments['foresee']): Promise<readonly Consequence[]>
  /** What the broker works with, or worked with last; `null` where that was never written down. */
  activeConfiguration(): Promise<ActiveConfiguration | null>
  /**
   * Holds the files of the data folder still until `endBackup`, so that another process can copy them; the broker goes on. Ends by itself
   * a minute after the last `extendBackup`. Rejects with `PRV_BROKER_BACKUP_UNDER_WAY`.
   */
  beginBackup(): Promise<{ readonly id: string }>
  /** Rejects with `PRV_BROKER_BACKUP_LAPSED`. */
  extendBackup(hold: Arguments['extendBackup']): Promise<void>
  /** Rejects with `PRV_BROKER_BACKUP_LAPSED` when the files were not held still until now. */
  endBackup(hold: Arguments['endBackup']): Promise<void>
  /**
   * Has the broker take over the configuration as it stands in its folder, all or nothing. Rejects with `PRV_CONFIGURATION_…`,
   * `PRV_BROKER_APPLY_…` and, where none works, `PRV_BROKER_NOT_RUNNING`.
   */
  applyConfiguration(request: Arguments['applyConfiguration']): Promise<Applied>
  /** Reads the whole log and the ledger and says what does not fit; an empty list is good. */
  check(): Promise<readonly string[]>
}

export interface ReplayPreview {
  readonly receivers: readonly {
    readonly receiver: string
    readonly messages: number
    readonly types: readonly { type: string; messages: number }[]
    /** Of the messages: the receiver has them. They are not sent unless they are to have effect again. */
    readonly deliveredBefore: number
    /** Of those that are sent: a person is asked about them, as dead letters or as requests that were refused. */
    readonly waitForPerson: number
    /** Of the messages: by its conditions, the route does not send them there. */
    readonly notConcerned: number
    /** When the first and the last one were accepted; `null` where there is none. */
    readonly oldest: string | null
    readonly newest: string | null
  }[]
}

export interface ReplayStatus {
  /** Its reference: part of the ids of its messages. */
  readonly replay: string
  readonly receiver: string
  readonly startedAt: string
  readonly by: string
  readonly why: string
  readonly again: boolean
  readonly reference: string | null
  readonly type: string | null
  readonly from: string | null
  readonly to: string | null
  readonly state: 'under-way' | 'finished' | 'stopped'
  readonly endedAt: string | null
  readonly endedBy: string | null
  readonly endedWhy: string | null
  /** Sent to the receiver so far, or about to be; without what it has already and what is not meant for it, as in a preview. */
  readonly messages: number
  /** Records of the log that were looked at, of so many; on Kafka of at most so many until it is finished. */
  readonly looked: number
  readonly inAll: number
}

/** What a configuration does to what is there already. */
export interface Consequence {
  readonly kind: 'receiver-new' | 'receiver-gone' | 'process-gone' | 'topic'
  /** Of the consumer group, the process or the topic. */
  readonly name: string
  /** That it gets, or that wait for it; of a process, transactions under way. */
  readonly messages: number
  /** Code with which a start would refuse; `null`: it would not. */
  readonly refusal: string | null
  readonly sentence: string
}

export interface Status {
  /** `running`: answered by a broker at work. `stopped`: read from the folder. */
  readonly broker: 'running' | 'stopped'
  readonly pid: number | null
  readonly since: string | null
  readonly dataFolder: string
  readonly counts: readonly { type: string; receiver: string; state: PairState; messages: number }[]
  readonly receivers: readonly {
    receiver: string
    /** Records still to be worked on; an upper bound. */
    lag: number
    /** `retryAt`: when it is tried again. */
    paused: (Pause & { readonly retryAt: string | null }) | null
  }[]
  /** Routes that read documents. `lag`: documents still to be read to their end; an upper bound. */
  readonly splitters: readonly { route: string; lag: number }[]
  /**
   * Transactions that are not over, by process; how many of them wait for a person; and how much is still to be taken in or
   * decided, an upper bound. A process that has none of these is not among them.
   */
  readonly processes: readonly { process: string; open: number; needPerson: number; lag: number }[]
  /** How far each document is that is being read; empty when the broker does not run. */
  readonly underWay: readonly FileProgress[]
  /** What fails at the moment. */
  readonly failing: readonly { what: string; code: string }[]
}

export type SearchQuery = Arguments['search']

export interface SearchPage {
  readonly messages: readonly FoundMessage[]
  /** Give it as `after` for the next page; `null` on the last. */
  readonly next: string | null
}

export interface FoundMessage {
  readonly id: string
  readonly reference: string
  readonly type: string
  readonly time: string
  readonly uprn: string | null
  readonly file: string | null
  /** Version of the configuration that it was made under; `null` where an earlier version of the broker made it. */
  readonly configuration: string | null
  /** Of a replay: id of the message that it repeats. */
  readonly replayOf: string | null
  readonly state: MessageState
  readonly receivers: readonly ReceiverState[]
}

export interface ReceiverState {
  readonly receiver: string
  readonly state: PairState
  readonly since: string
  readonly code: string | null
  readonly reason: string | null
  readonly proof: string | null
  /** Plain words: who has it, since when, what happens next. */
  readonly sentence: string
}

export interface Track {
  readonly reference: string
  readonly message: FoundMessage
  /** What followed from it, oldest first; cut after 1,000. */
  readonly children: readonly FoundMessage[]
  /** How many followed in all. */
  readonly childrenInAll: number
  /** Where all that followed stands. */
  readonly summary: readonly { type: string; receiver: string; state: PairState; messages: number }[]
  /** What happened and where everything is now, oldest first, of the messages that are given here. */
  readonly timeLine: readonly StoryEntry[]
  /** What is wrong with those of the messages given here that tell of a refusal, here or by a receiver. */
  readonly refusals: readonly Refusal[]
}

export interface StoryEntry {
  readonly at: string
  readonly messageId: string
  readonly reference: string
  /** `null`: the message was accepted here, or tells of a refusal. */
  readonly receiver: string | null
  /** `released`: a person let a dead letter go again. */
  readonly state: PairState | 'accepted' | 'released'
  readonly sentence: string
}

export interface Refusal {
  /** Of the message that tells of it. */
  readonly messageId: string
  /** Of the thing that is refused. */
  readonly reference: string
  /** `valuation.submission.refused`: a file as a whole. */
  readonly type: string
  /** The first 20. No value from the document is among them. `line` counts from 1; `null`: it has none. */
  readonly problems: readonly { code: string; line: number | null; sentence: string }[]
  readonly inAll: number
}

export interface DeadLetterPage {
  readonly keys: readonly DeadLetter[]
  readonly next: number | null
}

export interface DeadLetter {
  readonly receiver: string
  readonly key: string
  readonly state: 'parked' | 'released' | 'settled'
  readonly reference: string
  readonly messageId: string
  readonly since: string
  readonly code: string | null
  readonly reason: string | null
  /** How many queue behind the first. */
  readonly behind: number
}

/** What a person says about a dead letter. */
export type DeadLetterDecision = Arguments['discardDeadLetter']

export interface DeadLetterDetail extends DeadLetter {
  /**
   * Where it is unknown whether the first message was taken. `asks`: a retry asks the receiver first, and sends only what it
   * does not have. `cannot-ask`: a retry sends at once, for the receiver cannot be asked, or an earlier version did not keep
   * what to ask about. `null`: surely not taken.
   */
  readonly beforeRetry: 'asks' | 'cannot-ask' | null
  /** Of what queues behind the first, in order: the first ten. */
  readonly behindReferences: readonly string[]
  readonly body: string | null
  readonly contentType: string | null
  readonly events: readonly {
    at: string
    what: 'parked' | 'released' | 'discarded' | 'settled'
    messageId: string
    /** `null`: the ledger does not know the message. */
    reference: string | null
    by: string | null
    why: string | null
    code: string | null
    reason: string | null
  }[]
}

/** A transaction and where each system is with it. Personal data. */
export interface Transaction {
  readonly reference: string
  readonly process: string
  readonly startedAt: string
  readonly stage: ProcessStage
  /** The canonical message that counts, JSON; `null` once nothing more is to be sent. */
  readonly body: string | null
  /** Why a person has to decide, or had to. */
  readonly holds: readonly { rule: string; sentence: string; candidates: readonly Candidate[] }[]
  readonly systems: readonly (SystemProgress & {
    system: string
    /** The request is a dead letter, or waits behind one: where that is. It goes first. */
    deadLetter?: { receiver: string; key: string }
  })[]
  /** What happened, oldest first. */
  readonly steps: readonly ProcessStep[]
}

export interface TransactionPage {
  readonly transactions: readonly Transaction[]
  readonly next: number | null
}
