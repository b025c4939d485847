import type { Transaction } from '@portreeve/broker'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { shellWord } from '../text/shell-word.ts'
import { table } from '../text/table.ts'
import { mattersOf } from '../transaction-matters.ts'
import { type Look, nextStep, time } from './look.ts'
import { deadLetterNext, decision, renderStanding } from './transaction-standing.ts'
import { standing } from './transaction-words.ts'
import { renderMatters } from './transactions.ts'

/** One transaction for whoever decides about it: why, who may be meant, where it stands, what can be done. Personal data. */
export function renderTransaction(transaction: Transaction, look: Look, { body = false } = {}): string {
  const { reference, process, startedAt } = transaction
  const facts = [
    ['Transaction', reference],
    ['Accepted', time(startedAt, look)],
    ['Process', printable(process)],
    ['Now', standing(transaction, look)],
    ['Body', aboutBody(transaction, body)],
  ]
  const next = whatNext(transaction, look)
  return [
    table(facts, { width: look.width }),
    ...(body && transaction.body !== null ? ['', shownBody(transaction.body)] : []),
    '',
    ...renderMatters(transaction, look),
    ...renderStanding({ ...transaction, holds: [] }, look),
    ...(next.length > 0 ? ['', ...next] : []),
  ].join('\n')
}

/** Laid out for reading; nothing in it that a terminal would obey. */
function shownBody(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2).split('\n').map(printable).join('\n')
}

function aboutBody({ body }: Transaction, shown: boolean): string {
  if (body === null) return 'none: nothing more is to be sent'
  const about = `${count(body.length, 'character')} of JSON`
  return shown ? about : `${about}; --body shows it (it holds personal data)`
}

function whatNext(transaction: Transaction, look: Look): readonly string[] {
  const { stage, reference, body } = transaction
  if (stage === 'held') {
    return [
      nextStep('Let it go on as it is:', `approve ${reference} ${decision}`, look),
      nextStep('Correct it and let it go on:', `correct ${reference} ${decision}`, look),
      nextStep('End it:', `reject ${reference} ${decision}`, look),
    ]
  }
  return mattersOf(transaction).flatMap(({ system, candidates: [first], deadLetter }) => {
    const which = `${reference} ${shellWord(system ?? '')}`
    const person = first === undefined ? "'its reference of the person' --even-so" : shellWord(first.personReference)
    if (deadLetter) {
      const { receiver, key } = deadLetter
      const discard = `dead-letters discard ${shellWord(receiver)} ${shellWord(key)} ${decision}`
      return [
        ...deadLetterNext(deadLetter, look),
        nextStep('Never send it; this offers then what else can be done:', discard, look),
      ]
    }
    return [
      ...(body === null
        ? []
        : [
            nextStep(
              `Say who is meant, and ask ${system} again:`,
              `resolve ${which} --person ${person} ${decision}`,
              look,
            ),
          ]),
      nextStep(`Say that it was put right in ${system} by hand:`, `resolve ${which} --done ${decision}`, look),
    ]
  })
}
