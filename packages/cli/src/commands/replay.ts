import type { Operations, ReplayPreview } from '@portreeve/broker'
import { parseReference } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { moment } from '../option-values.ts'
import { renderPreview, renderStarted } from '../render/replay.ts'
import { isRunning } from '../transaction.ts'
import { replayListCommand, replayStopCommand } from './replay-list.ts'

interface ReplayOptions extends CommonOptions {
  readonly receiver?: string
  readonly allReceivers?: true
  readonly reference?: string
  readonly type?: string
  readonly from?: string
  readonly to?: string
  readonly again?: true
  readonly go?: true
  readonly by?: string
  readonly why?: string
}

type Query = Parameters<Operations['previewReplay']>[0]

export function replayCommand(invocation: Invocation): Command {
  const command = new Command('replay')
    .summary('send a receiver once more what came before, after a look at what that is')
    .description(
      'Shows what would be sent once more, and sends nothing; with --go, --by and --why it is sent, at the pace of the receiver and behind what is on its way. Replays are messages of their own, children of what they repeat, in the same order. Where a receiver has a message already, a replay of it is not sent, unless --again says so.',
    )
    .usage('--receiver <name> [options]')
    .option('--receiver <name>', 'to whom, as status names it')
    .option('--all-receivers', 'to every receiver that takes the type, instead of one')
    .option('--reference <reference>', 'only messages with this reference number')
    .option('--type <type>', 'only messages of this canonical type')
    .option('--from <time>', 'only what was accepted then or later: 2026-03-04, or 2026-03-04T14:00', moment)
    .option('--to <time>', 'only what was accepted before', moment)
    .option('--again', 'also what the receiver has already: it takes effect there once more')
    .option('--go', 'send it')
    .option('--by <who>', 'who decides; kept with the replay')
    .option('--why <reason>', 'why; kept with the replay')
    .helpCommand(false)
    // Behind list and stop, options are theirs.
    .enablePositionalOptions()
    .action((options: ReplayOptions) => replay(invocation, options))
  command.addCommand(replayListCommand(invocation))
  command.addCommand(replayStopCommand(invocation))
  return invocation.describe(command, [
    ['portreeve replay --receiver updates-to-crm.crm --from 2026-03-04', 'what would be sent; nothing is'],
    [
      "portreeve replay --receiver updates-to-crm.crm --from 2026-03-04 --go --by 'A. Clerk' --why 'restored'",
      'send it',
    ],
    ['portreeve replay --receiver reports-to-voa.voa --reference 9R3R-L632 --again', 'one that the VOA has lost'],
    ['portreeve replay list', 'which replays there are, and how far they are'],
  ])
}

async function replay(invocation: Invocation, options: ReplayOptions): Promise<void> {
  const query = queryOf(options)
  const decision = decisionOf(options)
  const told = await withOperations(options, invocation.terminal, async (operations) => {
    const preview = await operations.previewReplay(query)
    if (!decision || countIn(preview) === 0) return { preview, replays: [], running: false }
    const { replays } = await operations.startReplay({ ...query, ...decision })
    return { preview, replays, running: await isRunning(operations) }
  })
  const { preview, replays, running } = told
  const { look } = invocation
  await invocation.answer(
    { ...preview, replays },
    () => (replays.length > 0 ? renderStarted(replays, running, look) : renderPreview(preview, look, options)),
    options,
  )
}

function countIn({ receivers }: ReplayPreview): number {
  return receivers.reduce((sum, { messages }) => sum + messages, 0)
}

/** Throws `PRV_CLI_USAGE`. */
function queryOf({ receiver, allReceivers, reference, type, from, to, again }: ReplayOptions): Query {
  if ((receiver === undefined) === (allReceivers === undefined)) {
    throw wrongUse('say to whom: --receiver, or --all-receivers when all of them are meant')
  }
  return {
    ...(receiver === undefined ? { allReceivers: true } : { receiver }),
    ...(reference !== undefined && { reference: parseReference(reference) }),
    ...(type !== undefined && { type }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(again && { again }),
  }
}

/** `undefined`: it is only to be shown. Throws `PRV_CLI_USAGE`. */
function decisionOf({ go, by, why }: ReplayOptions): { readonly by: string; readonly why: string } | undefined {
  if (!go) return undefined
  if (by === undefined || why === undefined) throw wrongUse('--go needs --by and --why: both are kept')
  return { by, why }
}

function wrongUse(problem: string): PortreeveError {
  return new PortreeveError('PRV_CLI_USAGE', { problem, command: 'portreeve replay' })
}
