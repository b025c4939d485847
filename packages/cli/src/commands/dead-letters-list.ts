import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { requireKnownFilters } from '../known-filters.ts'
import { place } from '../option-values.ts'
import { renderDeadLetters } from '../render/dead-letters.ts'

interface ListOptions extends CommonOptions {
  readonly receiver?: string
  readonly after?: number
}

export function listDeadLettersCommand(invocation: Invocation): Command {
  const command = new Command('list')
    .description('Lists the keys that wait, those that wait longest first.')
    .option('--receiver <name>', 'of one receiver')
    .option('--after <place>', 'the next page, as the last one told', place)
    .action(async (options: ListOptions) => {
      const { receiver, after } = options
      const query = { ...(receiver !== undefined && { receiver }), ...(after !== undefined && { after }) }
      const page = await withOperations(options, invocation.terminal, async (operations, configuration) => {
        const found = await operations.deadLetters(query)
        if (found.keys.length === 0) {
          await requireKnownFilters(query, { configuration, status: await operations.status() })
        }
        return found
      })
      await invocation.answer(page, () => renderDeadLetters(page, invocation.look), options)
    })
  return invocation.describe(command, [['portreeve dead-letters list', 'everything that waits for a person']])
}
