import type { Configuration } from '@portreeve/configuration'
import type { Message } from '@portreeve/envelope'
import type { Ledger } from '@portreeve/ledger'
import type { Log } from '@portreeve/log'
import { fromRecord } from '../message-record.ts'
import { openStores } from '../open-stores.ts'
import type { Status } from '../operations.ts'
import { messageTopics } from '../topics.ts'
import { receiverOutcomes } from './outcomes.ts'
import { waysTaken } from './ways.ts'

/** How everything ended in a data folder whose broker has stopped. */
export interface Ends {
  /** Messages by type, receiver and state. */
  readonly counts: Status['counts']
  /** Every code that something was refused or parked with, sorted. */
  readonly problems: readonly string[]
  /** Ways and outcomes, by name. */
  readonly shown: ReadonlySet<string>
}

export async function endsOf(configuration: Configuration): Promise<Ends> {
  await using stores = await openStores(configuration)
  const { ledger, log, topics } = stores
  const problems = new Set(codesIn(ledger))
  const counts = ledger.counts()
  const shown = new Set(receiverOutcomes(counts))
  for await (const message of messagesIn(log, messageTopics(topics))) {
    for (const code of refusalCodes(message)) problems.add(code)
    for (const way of waysTaken(configuration, message)) shown.add(way)
  }
  return { counts, problems: [...problems].sort(), shown }
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
