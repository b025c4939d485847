import { parseReference } from '@portreeve/envelope'
import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { renderReplays } from '../render/replay.ts'
import { wrap } from '../text/wrap.ts'

interface StopOptions extends CommonOptions {
  readonly by: string
  readonly why: string
}

export function replayListCommand(invocation: Invocation): Command {
  const command = new Command('list')
    .summary('list replays and how far they are')
    .description('Lists all replays, the newest first: to whom, how far, who decided and why.')
    .action(async (options: CommonOptions) => {
      const told = await withOperations(options, invocation.terminal, (operations) => operations.replays())
      await invocation.answer(told, () => renderReplays(told.replays, invocation.look), options)
    })
  return invocation.describe(command, [['portreeve replay list', 'all of them, the newest first']])
}

export function replayStopCommand(invocation: Invocation): Command {
  const command = new Command('stop')
    .summary('send nothing more of a replay')
    .description('Ends a replay that is under way. What it has put on its way already goes to the receiver.')
    .argument('<replay>', 'its reference, as replay list tells it')
    .usage('<replay> --by <who> --why <reason>')
    .requiredOption('--by <who>', 'who decides; kept with the replay')
    .requiredOption('--why <reason>', 'why; kept with the replay')
    .action(async (given: string, options: StopOptions) => {
      const { by, why } = options
      const replay = parseReference(given)
      await withOperations(options, invocation.terminal, (operations) => operations.stopReplay({ replay, by, why }))
      const { width } = invocation.look
      const text = `${replay} is stopped: what it has put on its way goes, and nothing more.`
      await invocation.answer({ replay, state: 'stopped' }, () => wrap(text, { width }), options)
    })
  return invocation.describe(command, [
    ["portreeve replay stop 9R3R-L632 --by 'A. Clerk' --why 'wrong day'", 'nothing more of it is sent'],
  ])
}
