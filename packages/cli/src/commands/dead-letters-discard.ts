import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import { type Decision, decided, messageToDecide, withDecision } from '../dead-letter.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'

export function discardDeadLetterCommand(invocation: Invocation): Command {
  const command = withDecision(
    new Command('discard').description(
      'Has the oldest message of a key not sent to this receiver, ever; what waits behind it goes, in order. It stays in the log.',
    ),
  ).action(async (receiver: string, key: string, options: CommonOptions & Decision) => {
    const { by, why } = options
    await withOperations(options, invocation.terminal, async (operations) => {
      const messageId = await messageToDecide(operations, { receiver, key }, options)
      await operations.discardDeadLetter({ receiver, key, messageId, by, why })
    })
    await invocation.answer(...decided({ receiver, key, decision: 'discarded' }, invocation.look), options)
  })
  const key = 'reports-to-voa.voa 100000000001'
  return invocation.describe(command, [
    [`portreeve dead-letters discard ${key} --by 'A. Clerk' --why 'withdrawn'`, 'not sent, ever'],
    [`portreeve dead-letters discard ${key} --by 'A. Clerk' --why 'it is there' --json`, 'for a script'],
  ])
}
