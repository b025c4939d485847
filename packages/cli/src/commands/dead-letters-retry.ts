import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import { type Decision, decided, messageToDecide, withDecision } from '../dead-letter.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'

export function retryDeadLetterCommand(invocation: Invocation): Command {
  const command = withDecision(
    new Command('retry').description('Sends the messages of a key again as they are, oldest first.'),
  ).action(async (receiver: string, key: string, options: CommonOptions & Decision) => {
    const { by, why } = options
    await withOperations(options, invocation.terminal, async (operations) => {
      const messageId = await messageToDecide(operations, { receiver, key }, options)
      await operations.retryDeadLetter({ receiver, key, messageId, by, why })
    })
    await invocation.answer(...decided({ receiver, key, decision: 'retried' }, invocation.look), options)
  })
  return invocation.describe(command, [
    ["portreeve dead-letters retry voa.voa 100000000001 --by 'A. Clerk' --why 'code agreed'", 'once more'],
  ])
}
