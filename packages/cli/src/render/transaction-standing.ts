import type { Transaction } from '@portreeve/broker'
import { printable } from '../text/printable.ts'
import { shellWord } from '../text/shell-word.ts'
import { table } from '../text/table.ts'
import { type Matter, mattersOf } from '../transaction-matters.ts'
import { type Look, nextStep, time } from './look.ts'
import { mayBeMeant, type Paused, systemSentence, systemState } from './transaction-words.ts'

/** What every command that decides takes, to be filled in. */
export const decision = "--by 'your name' --why 'your reason'"

/** Why a transaction is held, and each system on a line of its own. */
export function renderStanding(transaction: Transaction, look: Look, paused?: Paused): readonly string[] {
  const { style, rowWidth: width } = look
  const rows = transaction.systems.map((system) => [
    printable(system.system),
    systemState(system, transaction, look),
    system.state === 'not-concerned' ? '' : time(system.since, look),
    systemSentence(system, transaction, look, paused),
  ])
  return [...holds(transaction, look), style.bold('Where it stands'), table(rows, { indent: '  ', width })]
}

/** What a person may do about it; nothing when nothing waits for one. */
export function decideNext(transaction: Transaction, look: Look): readonly string[] {
  const matters = mattersOf(transaction)
  if (matters.length === 0) return []
  return [
    '',
    ...matters.flatMap(({ deadLetter }) => deadLetterNext(deadLetter, look)),
    nextStep('See what to decide, and how:', `transactions show ${transaction.reference}`, look),
  ]
}

/** What to do first about a dead letter that keeps a request: to look at it, and to send it again. */
export function deadLetterNext(deadLetter: Matter['deadLetter'], look: Look): readonly string[] {
  if (!deadLetter) return []
  const which = `${shellWord(deadLetter.receiver)} ${shellWord(deadLetter.key)}`
  return [
    nextStep('See the dead letter that keeps it:', `dead-letters show ${which}`, look),
    nextStep('Send it again, once its cause is put right:', `dead-letters retry ${which} ${decision}`, look),
  ]
}

function holds({ stage, holds: found }: Transaction, { style, rowWidth: width }: Look): readonly string[] {
  if (stage !== 'held' || found.length === 0) return []
  const rows = found.map(({ sentence, candidates }) => [
    printable([sentence.replace(/\.$/, ''), mayBeMeant(candidates.length)].filter(Boolean).join('; ')),
  ])
  return [style.bold('Why it waits for a decision'), table(rows, { indent: '  ', width }), '']
}
