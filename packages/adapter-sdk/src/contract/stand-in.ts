import type { Message } from '@portreeve/envelope'
import type { AnswerTo, Question } from '../question.ts'

/** What a stand-in system can do to whoever speaks to it. */
export const misbehaviours = ['down', 'silent', 'refuses the login'] as const

export type Misbehaviour = (typeof misbehaviours)[number]

/** A document for `receive`. */
export interface StandInDocument {
  readonly bytes: Uint8Array
  readonly contentType: string
  /** Records in it. */
  readonly records: number
}

/** A question for `request`, and the whole answer that is right. */
export interface StandInQuestion {
  readonly question: Question
  readonly answer: AnswerTo<Question>
}

/** A system that is started for one test. What a capability promises needs is not optional for who has it. */
export interface StandIn {
  /**
   * What the adapter is opened with, by the schema of its declaration. Its time-outs are about two seconds: longer than an abort
   * may take.
   */
  readonly config: unknown
  /** Ways in which the system can be broken; `down` at least. Each holds until `stop`. */
  readonly misbehave: { readonly [How in Misbehaviour]?: () => void | Promise<void> } & {
    readonly down: () => void | Promise<void>
  }
  /** With `send`. A canonical message that the system takes, or one that it never does; another one per number. */
  message?(kind: 'good' | 'bad', number: number): Message
  /** With `send`. How often the message has taken effect in the system. */
  effects?(message: Message): number | Promise<number>
  /** With `poll`. Puts something new into the system. */
  put?(number: number): void | Promise<void>
  /** With `receive`. A document with at least three records, or one that cannot be read as a whole. */
  document?(kind: 'good' | 'broken'): StandInDocument
  /** With `request`. Questions with what the system knows; of one at least it knows nothing. */
  questions?(): readonly StandInQuestion[]
  /** Anything that tells whether the system was written to. Default: it is not looked at. */
  state?(): string | Promise<string>
  stop(): void | Promise<void>
}

export interface AdapterHarness {
  start(): Promise<StandIn>
  /** How long to wait for something that must come, in milliseconds. Default 10,000. */
  readonly patienceMs?: number
}
