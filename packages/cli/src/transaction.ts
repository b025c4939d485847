import type { Operations, Transaction } from '@portreeve/broker'
import { parseReference } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import type { Command } from 'commander'
import { type Look, nextStep } from './render/look.ts'
import { wrap } from './text/wrap.ts'

/** Who decided, and why: both are kept with the transaction. */
export interface Judgement {
  readonly by: string
  readonly why: string
}

/** What every decision on a transaction takes, after the arguments that tell which. */
export function withJudgement(command: Command): Command {
  return command
    .requiredOption('--by <who>', 'who decides; kept with the transaction')
    .requiredOption('--why <reason>', 'why; kept with the transaction')
}

export const referenceArgument = ['<reference>', 'as transactions tells it, in any case'] as const

/** Rejects with `PRV_BROKER_TRANSACTION_UNKNOWN`. */
export async function requireTransaction(
  operations: Pick<Operations, 'transaction'>,
  given: string,
): Promise<Transaction> {
  const reference = parseReference(given)
  const transaction = await operations.transaction({ reference })
  if (!transaction) throw new PortreeveError('PRV_BROKER_TRANSACTION_UNKNOWN', { reference })
  return transaction
}

export interface Decided {
  readonly reference: string
  readonly decision: 'approved' | 'rejected' | 'corrected' | 'asked-again' | 'done'
  /** With a decision about one system. */
  readonly system?: string
  /** False: nothing happens before the broker runs. */
  readonly running: boolean
}

/** What a decision answers with: its value for programs, its text for people. */
export function decided(told: Decided, look: Look): [object, () => string] {
  const { reference, decision, system = '', running } = told
  const when = running ? '' : ' The broker does not run: that happens when it does.'
  return [
    told,
    () =>
      [
        wrap(`${sentences[decision](system)}${when}`, { width: look.width }),
        nextStep('See where it stands:', `track ${reference}`, look),
      ].join('\n'),
  ]
}

const sentences: Readonly<Record<Decided['decision'], (system: string) => string>> = {
  approved: () => 'It goes on: every system that it concerns is asked to take it over, in its turn.',
  rejected: () => 'It is over: no system is told of it.',
  corrected: () =>
    'It goes on as corrected: every system that it concerns is asked to take it over, in its turn. What it said before is kept.',
  'asked-again': (system) => `${system} is asked again, with the person who is meant.`,
  done: (system) => `It counts as done in ${system}.`,
}

export async function isRunning(operations: Pick<Operations, 'status'>): Promise<boolean> {
  return (await operations.status()).broker === 'running'
}
