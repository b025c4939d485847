import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { renderTransaction } from '../render/transaction.ts'
import { referenceArgument, requireTransaction } from '../transaction.ts'

interface ShowOptions extends CommonOptions {
  readonly body?: true
}

export function showTransactionCommand(invocation: Invocation): Command {
  const command = new Command('show')
    .description(
      'Shows why a transaction waits, who may be meant, where each system stands with it, and what can be done. Personal data.',
    )
    .argument(...referenceArgument)
    .option('--body', 'show what it says too')
    .action(async (given: string, options: ShowOptions) => {
      const transaction = await withOperations(options, invocation.terminal, (operations) =>
        requireTransaction(operations, given),
      )
      const body = options.body === true
      const told = body ? transaction : { ...transaction, body: null }
      await invocation.answer(told, () => renderTransaction(transaction, invocation.look, { body }), options)
    })
  return invocation.describe(command, [
    ['portreeve transactions show 9R3R-L632', 'why it waits, and what can be done'],
    ['portreeve transactions show 9R3R-L632 --body', 'and what it says'],
  ])
}
