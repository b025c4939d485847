import { Command } from 'commander'
import type { Invocation } from '../invocation.ts'
import { listTransactionsCommand } from './transactions-list.ts'
import { showTransactionCommand } from './transactions-show.ts'

export function transactionsCommand(invocation: Invocation): Command {
  const command = new Command('transactions')
    .summary('transactions that wait for a person: list, show')
    .description(
      'Transactions wait here for a person: those that quality control holds, and those that a system could not take over by itself. All others go on. Without a command it lists them.',
    )
    .helpCommand(false)
    .addCommand(listTransactionsCommand(invocation), { isDefault: true })
    .addCommand(showTransactionCommand(invocation))
  return invocation.giveExamples(command, [
    ['portreeve transactions', 'what waits, and why'],
    ['portreeve transactions show 9R3R-L632', 'one of them, who may be meant, and what can be done'],
  ])
}
