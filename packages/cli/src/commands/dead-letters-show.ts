import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import { requireDeadLetter } from '../dead-letter.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { renderDeadLetter } from '../render/dead-letters.ts'

interface ShowOptions extends CommonOptions {
  readonly body?: true
}

export function showDeadLetterCommand(invocation: Invocation): Command {
  const command = new Command('show')
    .description('Shows why a key waits, what was decided before, and what can be done.')
    .argument('<receiver>', 'as dead-letters list tells it')
    .argument('<key>', 'as dead-letters list tells it')
    .option('--body', 'show the message too; it may hold personal data')
    .action(async (receiver: string, key: string, options: ShowOptions) => {
      const letter = await withOperations(options, invocation.terminal, (operations) =>
        requireDeadLetter(operations, { receiver, key }),
      )
      const body = options.body === true
      const told = body ? letter : { ...letter, body: null }
      await invocation.answer(told, () => renderDeadLetter(letter, invocation.look, { body }), options)
    })
  return invocation.describe(command, [
    ['portreeve dead-letters show reports-to-voa.voa 100000000001', 'why it waits'],
    ['portreeve dead-letters show reports-to-voa.voa 100000000001 --body', 'and the message itself'],
  ])
}
