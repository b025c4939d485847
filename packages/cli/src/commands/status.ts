import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { renderStatus } from '../render/status.ts'

export function statusCommand(invocation: Invocation): Command {
  const command = new Command('status')
    .summary('say how the broker is doing')
    .description(
      'Shows whether the broker runs, what each receiver has to do, how many messages are in which state, how many transactions are under way, and how far a file is that is being checked or split.',
    )
    .action(async (options: CommonOptions) => {
      const status = await withOperations(options, invocation.terminal, (operations) => operations.status())
      await invocation.answer(status, () => renderStatus(status, invocation.look), options)
    })
  return invocation.describe(command, [
    ['portreeve status', 'the broker of ./config, running or not'],
    ["portreeve status --json | jq '.receivers[].lag'", 'for a monitor'],
    ["portreeve status --json | jq '.underWay[]'", 'how far each file is'],
  ])
}
