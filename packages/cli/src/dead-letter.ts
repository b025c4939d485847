import type { DeadLetterDetail, Operations } from '@portreeve/broker'
import { PortreeveError } from '@portreeve/errors'
import type { Command } from 'commander'
import { type Look, nextStep } from './render/look.ts'
import { shellWord } from './text/shell-word.ts'
import { wrap } from './text/wrap.ts'

/** Which key of which receiver. */
export interface DeadLetterKey {
  readonly receiver: string
  readonly key: string
}

/** Who decided, and why: both are kept with the message. */
export interface Decision {
  /** The message that the person saw. */
  readonly reference?: string
  readonly by: string
  readonly why: string
}

/** What every decision on a dead letter takes. */
export function withDecision(command: Command): Command {
  return command
    .argument('<receiver>', 'as dead-letters list tells it')
    .argument('<key>', 'as dead-letters list tells it')
    .usage('<receiver> <key> --by <who> --why <reason>')
    .requiredOption('--by <who>', 'who decides; kept with the message')
    .requiredOption('--why <reason>', 'why; kept with the message')
    .option('--reference <reference>', 'which message was seen: refused when another one is the oldest by now')
}

/** The id of the message that is decided about: the oldest of the key. Rejects with `PRV_STATE_OTHER_MESSAGE`. */
export async function messageToDecide(
  operations: Operations,
  { receiver, key }: DeadLetterKey,
  { reference }: Decision,
): Promise<string> {
  const letter = await operations.deadLetter({ receiver, key })
  if (letter) requireSame(letter, reference)
  return letter?.messageId ?? ''
}

export function requireSame(letter: DeadLetterDetail, reference: string | undefined): void {
  if (reference === undefined || reference === letter.reference) return
  throw new PortreeveError('PRV_STATE_OTHER_MESSAGE', { receiver: letter.receiver })
}

/** The key with its events and first body. Rejects with `PRV_CLI_NOT_KNOWN`. */
export async function requireDeadLetter(
  operations: Operations,
  { receiver, key }: DeadLetterKey,
): Promise<DeadLetterDetail> {
  const letter = await operations.deadLetter({ receiver, key })
  if (letter) return letter
  const advice = 'portreeve dead-letters list.'
  throw new PortreeveError('PRV_CLI_NOT_KNOWN', { what: 'dead letter at the receiver', value: receiver, advice })
}

/** What a decision answers with: its value for programs, its text for people. */
export function decided(
  { receiver, key, decision }: DeadLetterKey & { readonly decision: keyof typeof decisions },
  look: Look,
): [object, () => string] {
  return [
    { receiver, key, state: 'released', edited: decision === 'edited', discarded: decision === 'discarded' },
    () =>
      [
        wrap(decisions[decision](receiver), { width: look.width }),
        nextStep('See how it went:', `dead-letters show ${receiver} ${shellWord(key)}`, look),
      ].join('\n'),
  ]
}

const decisions = {
  retried: (receiver: string) => `It goes to ${receiver} again, and what waited behind it follows, in order.`,
  edited: (receiver: string) =>
    `The message was put right; it goes to ${receiver} again, and what waited behind it follows, in order.`,
  discarded: (receiver: string) => `It is not sent to ${receiver}; what waited behind it goes, in order.`,
} as const
