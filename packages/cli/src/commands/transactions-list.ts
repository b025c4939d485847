import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { place, wholeNumber } from '../option-values.ts'
import { renderTransactions } from '../render/transactions.ts'
import { mattersOf } from '../transaction-matters.ts'

interface ListOptions extends CommonOptions {
  readonly limit?: number
  readonly after?: number
}

export function listTransactionsCommand(invocation: Invocation): Command {
  const command = new Command('list')
    .description('Lists the transactions that wait for a person, oldest first: a line for each thing to decide.')
    .option('--limit <number>', 'how many at most, up to 1000; default: 50', wholeNumber)
    .option('--after <place>', 'the next page, as the last one told', place)
    .action(async (options: ListOptions) => {
      const { limit, after } = options
      const query = { ...(limit !== undefined && { limit }), ...(after !== undefined && { after }) }
      const page = await withOperations(options, invocation.terminal, (operations) => operations.transactions(query))
      const transactions = page.transactions.map((transaction) => {
        const { reference, process, startedAt, stage } = transaction
        const matters = mattersOf(transaction).map((matter) => ({ ...matter, candidates: matter.candidates.length }))
        return { reference, process, startedAt, stage, matters }
      })
      await invocation.answer(
        { transactions, next: page.next },
        () => renderTransactions(page, invocation.look),
        options,
      )
    })
  return invocation.describe(command, [
    ['portreeve transactions list', 'everything that waits for a person'],
    ["portreeve transactions list --json | jq -r '.transactions[].reference'", 'their references'],
  ])
}
