import { Command } from 'commander'
import type { Invocation } from '../invocation.ts'
import { discardDeadLetterCommand } from './dead-letters-discard.ts'
import { editDeadLetterCommand } from './dead-letters-edit.ts'
import { listDeadLettersCommand } from './dead-letters-list.ts'
import { retryDeadLetterCommand } from './dead-letters-retry.ts'
import { showDeadLetterCommand } from './dead-letters-show.ts'

export function deadLettersCommand(invocation: Invocation): Command {
  const command = new Command('dead-letters')
    .summary('messages that wait for a person: list, show, retry, edit, discard')
    .description(
      'Messages that could not be delivered wait here for a person. Later ones of the same key wait behind them, so that order is kept; all others go on.',
    )
    .helpCommand(false)
    .addCommand(listDeadLettersCommand(invocation))
    .addCommand(showDeadLetterCommand(invocation))
    .addCommand(retryDeadLetterCommand(invocation))
    .addCommand(editDeadLetterCommand(invocation))
    .addCommand(discardDeadLetterCommand(invocation))
  return invocation.giveExamples(command, [
    ['portreeve dead-letters list', 'what waits, and why'],
    ['portreeve dead-letters show reports-to-voa.voa 100000000001', 'one of them, and what can be done'],
  ])
}
