import type { Operations, Transaction } from '@portreeve/broker'
import { parseReference } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { Command } from 'commander'
import { withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import type { Look } from '../render/look.ts'
import { renderTrack } from '../render/track.ts'
import type { Paused } from '../render/transaction-words.ts'
import { withoutPersons } from '../transaction-matters.ts'

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
      const { track, transaction, paused } = await withOperations(options, invocation.terminal, async (operations) => {
        const found = await operations.track(query)
        // A message's id asks about that message alone.
        const handled = found && !options.id ? await operations.transaction({ reference: found.reference }) : null
        return { track: found, transaction: handled, paused: await pausedFor(handled, operations) }
      })
      if (!track)
        throw notKnown(
          options.id ? 'message' : 'reference',
          options.id ? given : parseReference(given),
          invocation.look,
        )
      const view = { all: options.all === true, paused, ...(transaction && { transaction }) }
      const told = { ...track, transaction: transaction && withoutPersons(transaction) }
      await invocation.answer(told, () => renderTrack(track, invocation.look, view), options)
    })
  return invocation.describe(command, [
    ['portreeve track 9R3R-L632', 'what became of it'],
    ['portreeve track 9r3rl632 --all --json', 'the whole story, for a program'],
  ])
}

/** Which of the systems that a transaction waits for are left alone at the moment. */
async function pausedFor(transaction: Transaction | null, operations: Pick<Operations, 'status'>): Promise<Paused> {
  const waiting = transaction?.systems.filter(({ state }) => state === 'waiting') ?? []
  if (waiting.length === 0) return new Map()
  const { receivers } = await operations.status()
  return new Map(
    waiting.flatMap(({ system }) => {
      // A receiver is called by its route and its adapter.
      const found = receivers.find(({ receiver, paused }) => paused !== null && receiver.endsWith(`.${system}`))
      return found?.paused ? [[system, found.paused] as const] : []
    }),
  )
}

function notKnown(what: string, value: string, { typed }: Look): PortreeveError {
  const advice = `${typed('list messages --file reports.xml')}, or --uprn.`
  return new PortreeveError('PRV_CLI_NOT_KNOWN', { what, value, advice })
}
