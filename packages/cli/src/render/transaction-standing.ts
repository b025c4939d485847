import type { Transaction } from '@portreeve/broker'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { mattersOf } from '../transaction-matters.ts'
import { type Look, nextStep, time } from './look.ts'
import { mayBeMeant, type Paused, systemSentence, systemState } from './transaction-words.ts'

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
  if (mattersOf(transaction).length === 0) return []
  return ['', nextStep('See what to decide, and how:', `transactions show ${transaction.reference}`, look)]
}

function holds({ stage, holds: found }: Transaction, { style, rowWidth: width }: Look): readonly string[] {
  if (stage !== 'held') return []
  const rows = found.map(({ sentence, candidates }) => [
    printable([sentence.replace(/\.$/, ''), mayBeMeant(candidates.length)].filter(Boolean).join('; ')),
  ])
  return [style.bold('Why it waits for a decision'), table(rows, { indent: '  ', width }), '']
}
