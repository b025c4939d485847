import type { Configuration, DeliveryRoute } from '@portreeve/configuration'
import { passesFilter, routeByContent } from '@portreeve/core'
import type { Message } from '@portreeve/envelope'
import type { Ledger } from '@portreeve/ledger'
import type { Log } from '@portreeve/log'
import { compiledCondition } from '../conditions.ts'
import { fromRecord } from '../message-record.ts'
import { openStores } from '../open-stores.ts'
import { messageTopics } from '../topics.ts'

/** How everything ended in a data folder whose broker has stopped. */
export interface Ends {
  /** Messages by receiver, then by state. */
  readonly states: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Every code that something was refused or parked with, sorted. */
  readonly problems: readonly string[]
  readonly waysTaken: ReadonlySet<string>
}

export async function endsOf(configuration: Configuration): Promise<Ends> {
  await using stores = await openStores(configuration)
  const { ledger, log, topics } = stores
  const problems = new Set(codesIn(ledger))
  const waysTaken = new Set<string>()
  for await (const message of messagesIn(log, messageTopics(topics))) {
    for (const code of refusalCodes(message)) problems.add(code)
    for (const route of configuration.routes) {
      if (!route.from.includes(message.envelope.type)) continue
      waysTaken.add(route.kind === 'split' ? route.name : wayOf(route, message))
    }
  }
  return { states: statesIn(ledger), problems: [...problems].sort(), waysTaken }
}

/** Names of all the ways that messages can take through the routes. */
export function waysOf({ routes }: Pick<Configuration, 'routes'>): readonly string[] {
  return routes.flatMap((route) => {
    if (route.kind === 'split') return [route.name]
    const branches = route.branches.map((_, index) => branchName(route, index))
    return [
      ...branches,
      ...(route.when === undefined ? [] : [filteredOut(route)]),
      ...(route.branches.at(-1)?.when === undefined ? [] : [noBranch(route)]),
    ]
  })
}

function wayOf(route: DeliveryRoute, message: Message): string {
  if (!passesFilter(compiledCondition(route.when), message)) return filteredOut(route)
  const branches = route.branches.map(({ when }, way) => ({ when: compiledCondition(when), way }))
  const taken = routeByContent(branches, message)
  return taken === null ? noBranch(route) : branchName(route, taken)
}

const branchName = ({ name, branches }: DeliveryRoute, index: number) =>
  branches.length === 1 ? name : `${name}, branch ${index + 1} to ${branches[index]?.to.join(' and ')}`
const filteredOut = ({ name }: DeliveryRoute) => `${name}, filtered out`
const noBranch = ({ name }: DeliveryRoute) => `${name}, taken by no branch`

function statesIn(ledger: Ledger): Ends['states'] {
  const states = new Map<string, Map<string, number>>()
  for (const { receiver, state, messages } of ledger.counts()) {
    const mine = states.get(receiver) ?? new Map<string, number>()
    states.set(receiver, mine.set(state, (mine.get(state) ?? 0) + messages))
  }
  return states
}

function codesIn(ledger: Ledger): readonly string[] {
  const codes: string[] = []
  let after: number | null = Number.MAX_SAFE_INTEGER
  while (after !== null) {
    const page: ReturnType<Ledger['search']> = ledger.search({ after, limit: 1000 })
    for (const { code } of page.messages.flatMap(({ receivers }) => receivers)) if (code !== null) codes.push(code)
    after = page.next
  }
  return codes
}

async function* messagesIn(log: Log, topics: readonly string[]): AsyncGenerator<Message> {
  for (const topic of topics) {
    for (const { partition, start, end } of await log.ranges(topic)) {
      for (let from = start; from < end; ) {
        const { records, next } = await log.read({ topic, partition, from })
        yield* records.map(fromRecord)
        if (next <= from) break
        from = next
      }
    }
  }
}

/** Of a message that tells of a refusal: the codes of its problems. */
function refusalCodes({ envelope, body }: Message): readonly string[] {
  if (!envelope.type.endsWith('.refused')) return []
  const { problems = [] }: { problems?: readonly { code: string }[] } = JSON.parse(new TextDecoder().decode(body))
  return problems.map(({ code }) => code)
}
