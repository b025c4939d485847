import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import { type Decision, decided, requireDeadLetter, requireSame, withDecision } from '../dead-letter.ts'
import { editBody } from '../edit-body.ts'
import { fileFault } from '../file-fault.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'

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
        const editedBody =
          body === undefined ? await editBody(letter, terminal) : await bodyIn(resolve(terminal.workingFolder, body))
        await operations.retryDeadLetter({ receiver, key, messageId, by, why, editedBody })
      })
      await invocation.answer(...decided({ receiver, key, decision: 'edited' }, invocation.look), options)
    })
  const decision = "voa.voa 100000000001 --by 'A. Clerk' --why 'code mended'"
  return invocation.describe(command, [
    [`portreeve dead-letters edit ${decision}`, 'in $EDITOR'],
    [`portreeve dead-letters edit ${decision} --body new.json`, 'from a file'],
  ])
}

async function bodyIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const why = fileFault(cause)
    throw new PortreeveError('PRV_CLI_FILE_UNREADABLE', { file, why }, { cause })
  }
}
