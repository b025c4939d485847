import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import { type Decision, decided, requireDeadLetter, requireSame, withDecision } from '../dead-letter.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { withNewBody } from '../new-body.ts'

interface EditOptions extends CommonOptions, Decision {
  readonly body?: string
}

export function editDeadLetterCommand(invocation: Invocation): Command {
  const { terminal } = invocation
  const command = withDecision(
    new Command('edit').description(
      'Opens the body of the oldest message of a key in $EDITOR, or takes a new one from a file, and sends the key again with it. The message as it was is kept.',
    ),
  )
    .option('--body <file>', 'the new body, instead of an editor')
    .action(async (receiver: string, key: string, options: EditOptions) => {
      const { by, why, body } = options
      await withOperations(options, terminal, async (operations) => {
        const letter = await requireDeadLetter(operations, { receiver, key })
        requireSame(letter, options.reference)
        const { messageId } = letter
        await withNewBody({ present: letter, file: body }, terminal, (editedBody) =>
          operations.retryDeadLetter({ receiver, key, messageId, by, why, editedBody }),
        )
      })
      await invocation.answer(...decided({ receiver, key, decision: 'edited' }, invocation.look), options)
    })
  const decision = "voa.voa 100000000001 --by 'A. Clerk' --why 'code mended'"
  return invocation.describe(command, [
    [`portreeve dead-letters edit ${decision}`, 'in $EDITOR'],
    [`portreeve dead-letters edit ${decision} --body new.json`, 'from a file'],
  ])
}
