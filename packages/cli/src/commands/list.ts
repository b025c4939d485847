import type { SearchQuery } from '@portreeve/broker'
import { PortreeveError } from '@portreeve/errors'
import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { readConfiguration, withOperations } from '../configured.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { requireKnownFilters } from '../known-filters.ts'
import { listAdapters } from '../list-adapters.ts'
import { wholeNumber } from '../option-values.ts'
import { renderRoutes, renderTopics, topicsOf } from '../render/inventory.ts'
import { renderMessages } from '../render/messages.ts'
import { renderReceivers } from '../render/status.ts'

type ListOptions = CommonOptions & SearchQuery

const things = ['messages', 'adapters', 'routes', 'topics', 'receivers'] as const
/** Spelt out, for the model takes its time to load; the compiler sees to it that none is missing. */
const states: Readonly<Record<NonNullable<SearchQuery['state']>, true>> = {
  recorded: true,
  waiting: true,
  delivered: true,
  refused: true,
  unknown: true,
  parked: true,
  discarded: true,
  'not-concerned': true,
}

export function listCommand(invocation: Invocation): Command {
  const command = new Command('list')
    .summary('list messages, adapters, routes, topics or receivers')
    .description('Lists what there is. Messages come newest first, and can be searched for.')
    .addArgument(new Argument('<what>', 'what to list').choices(things))
    .option('--file <name>', 'messages: of a file, by its name or SHA-256')
    .option('--uprn <uprn>', 'messages: about a property')
    .option('--correlation-id <id>', 'messages: of one transaction')
    .addOption(new Option('--state <state>', 'messages: in a state').choices(Object.keys(states)))
    .option('--receiver <name>', 'messages: that concern a receiver')
    .option('--type <type>', 'messages: of a canonical type')
    .option('--limit <number>', 'messages: how many at most, up to 1000; default: 50', wholeNumber)
    .option('--after <place>', 'messages: the next page, as the last one told', place)
    .action(async (what: (typeof things)[number], options: ListOptions) => {
      if (what !== 'messages') refuseSearch(what, options)
      await listings[what](invocation, options)
    })
  return invocation.describe(command, [
    ['portreeve list messages --file reports.xml', 'what came in this file'],
    ['portreeve list messages --state refused --limit 10', 'the last ten that were refused, here or by a receiver'],
    ['portreeve list adapters', 'what can be connected'],
  ])
}

const listings: Readonly<
  Record<(typeof things)[number], (invocation: Invocation, options: ListOptions) => Promise<void>>
> = {
  async messages(invocation, options) {
    const page = await withOperations(options, invocation.terminal, async (operations, configuration) => {
      const found = await operations.search(queryOf(options))
      if (found.messages.length === 0) {
        await requireKnownFilters(options, { configuration, status: await operations.status() })
      }
      return found
    })
    await invocation.answer(page, () => renderMessages(page, invocation.look, options), options)
  },
  adapters: listAdapters,
  async routes(invocation, options) {
    const { routes } = await readConfiguration({ ...options, needsSecrets: false }, invocation.terminal)
    await invocation.answer({ routes }, () => renderRoutes(routes, invocation.look), options)
  },
  async topics(invocation, options) {
    const topics = topicsOf(await readConfiguration({ ...options, needsSecrets: false }, invocation.terminal))
    await invocation.answer({ topics }, () => renderTopics(topics, invocation.look), options)
  },
  async receivers(invocation, options) {
    const status = await withOperations(options, invocation.terminal, (operations) => operations.status())
    const { receivers } = status
    await invocation.answer({ receivers }, () => renderReceivers(status, invocation.look), options)
  },
}

/** Throws `PRV_CLI_USAGE`: an option that had no effect would mislead. */
function refuseSearch(what: string, options: ListOptions): void {
  const [given] = Object.keys(queryOf(options))
  if (given === undefined) return
  const option = given === 'correlationId' ? 'correlation-id' : given
  throw new PortreeveError('PRV_CLI_USAGE', {
    problem: `--${option} is for messages, not for ${what}`,
    command: 'portreeve list',
  })
}

/** Only what a broker knows crosses to it. */
function queryOf({ file, uprn, correlationId, state, receiver, type, limit, after }: ListOptions): SearchQuery {
  const query = { file, uprn, correlationId, state, receiver, type, limit, after }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
}

function place(text: string): string {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Give the number that the last page told.')
  return text
}
