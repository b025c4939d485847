import type { Transaction, TransactionPage } from '@portreeve/broker'
import { number } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { type Matter, mattersOf } from '../transaction-matters.ts'
import { type Look, nextStep, time } from './look.ts'

/** Transactions that wait for a person, oldest first, a line for each thing to decide; and what to do next. */
export function renderTransactions({ transactions, next }: TransactionPage, look: Look): string {
  const [first] = transactions
  if (!first) return look.style.good('No transaction waits for a person.')
  const rows = transactions.flatMap((transaction) =>
    mattersOf(transaction).map(({ system, since, why, candidates }) => [
      transaction.reference,
      time(since, look),
      system === null ? 'quality control' : printable(system),
      candidates.length === 0 ? '' : number(candidates.length),
      printable(why),
    ]),
  )
  const head = ['Reference', 'Since', 'What for', 'Candidates', 'Why']
  return [
    table(rows, { head, right: [3], width: look.rowWidth }),
    '',
    nextStep('See what to decide, and how:', `transactions show ${first.reference}`, look),
    ...(next === null ? [] : [look.style.faint(`There are more: add --after ${next}`)]),
  ].join('\n')
}

/** What is to be decided: why, and who may be meant. Personal data. */
export function renderMatters(transaction: Transaction, look: Look): readonly string[] {
  return mattersOf(transaction).flatMap((matter) => [...renderMatter(matter, look), ''])
}

function renderMatter({ system, since, why, code, candidates, holdsUpLater }: Matter, look: Look): readonly string[] {
  const { style, width } = look
  const persons = candidates.map(({ personReference, description }) => [
    printable(personReference),
    printable(description),
  ])
  const head = `${system === null ? 'Quality control' : printable(system)}, since ${time(since, look)}`
  return [
    style.bold(head),
    table([[style.bad(printable([why, code === null ? '' : `(${code})`].filter(Boolean).join(' ')))]], {
      indent: '  ',
      width,
    }),
    ...(holdsUpLater ? ['  Later changes of the same person wait behind it.'] : []),
    ...(persons.length > 0 ? ['  Who may be meant:', table(persons, { indent: '    ', width })] : []),
  ]
}
