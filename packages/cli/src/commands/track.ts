import { parseReference } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import type { Look } from '../render/look.ts'
import { renderTrack } from '../render/track.ts'

interface TrackOptions extends CommonOptions {
  readonly all?: true
  readonly id?: true
}

export function trackCommand(invocation: Invocation): Command {
  const command = new Command('track')
    .summary('say what became of a message, and of all that followed from it')
    .description('Shows what became of a message or a file, and of all that followed from it, as one story by time.')
    .argument('<reference>', 'reference number, in any case, with or without dashes')
    .option('--id', 'it is a message id and no reference')
    .option('--all', 'every line of a long story')
    .action(async (given: string, options: TrackOptions) => {
      const query = options.id ? { messageId: given } : { reference: parseReference(given) }
      const track = await withOperations(options, invocation.terminal, (operations) => operations.track(query))
      if (!track)
        throw notKnown(
          options.id ? 'message' : 'reference',
          options.id ? given : parseReference(given),
          invocation.look,
        )
      await invocation.answer(track, () => renderTrack(track, invocation.look, { all: options.all === true }), options)
    })
  return invocation.describe(command, [
    ['portreeve track 9R3R-L632', 'what became of it'],
    ['portreeve track 9r3rl632 --all --json', 'the whole story, for a program'],
  ])
}

function notKnown(what: string, value: string, { typed }: Look): PortreeveError {
  const advice = `${typed('list messages --file reports.xml')}, or --uprn.`
  return new PortreeveError('PRV_CLI_NOT_KNOWN', { what, value, advice })
}
