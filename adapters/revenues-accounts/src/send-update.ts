import { bodyReader, type Outcome, type OutgoingBatch } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { type AddressUpdateRequested, addressUpdateRequestedSchema } from '@portreeve/model'
import type { AccountsClient } from './client.ts'
import type { Layout } from './config.ts'
import { neverSeen, notMatched, notShown, refusalOf } from './errors.ts'
import { addressUpdateRequested, toChange, toSearch } from './from-canonical.ts'
import { type Match, matchName, matchReference } from './match-person.ts'
import type { Change } from './vendor-types.ts'

export interface SendUpdateOptions {
  readonly client: AccountsClient
  /** Label of the instance. */
  readonly system: string
  readonly layout: Layout
}

/**
 * Writes one change. What stands in the table already is done: it is looked for first, for a change that was taken over has
 * moved the person, who would not be found by the old address. Rejects as `sendEach` takes it.
 */
export function updateSender({ client, system, layout }: SendUpdateOptions) {
  const read = bodyReader(addressUpdateRequested, addressUpdateRequestedSchema, system)
  return async (message: Message, signal: AbortSignal): Promise<Outcome> => {
    const update: AddressUpdateRequested = read(message)
    const externalReference = message.envelope.id
    const earlier = await client.findChange(externalReference, signal)
    if (earlier) return delivered(earlier, layout)
    const match = await findPerson(update, client, signal)
    if (!('accountRef' in match)) return notMatched(system, match)
    const lines = layout.addressChange.addressLines.length
    const change = toChange(update, { externalReference, accountRef: match.accountRef, lines })
    try {
      const written = await client.addChange(change, signal)
      if (written === null) throw notShown(system)
      return delivered(written, layout)
    } catch (fault) {
      return refusalOf(fault, system)
    }
  }
}

/** Asks for the row of each message. Rejects when the database does not answer: then nothing is known. */
export async function lookUp(
  { messages }: OutgoingBatch,
  { client, system, layout }: SendUpdateOptions,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { envelope } of messages) {
    const change = await client.findChange(envelope.id, signal)
    outcomes.push(change === null ? neverSeen(system, envelope.id) : delivered(change, layout))
  }
  return outcomes
}

async function findPerson(update: AddressUpdateRequested, client: AccountsClient, signal: AbortSignal): Promise<Match> {
  if (update.personReference !== undefined) {
    return matchReference(await client.findAccount(update.personReference, signal))
  }
  return matchName(update, await client.findAccounts(toSearch(update), signal))
}

/** The proof says the same for as long as the row stands there, whatever becomes of it. */
function delivered({ externalReference, accountRef }: Change, { addressChange }: Layout): Outcome {
  return { state: 'delivered', proof: `${addressChange.table} ${externalReference}, account ${accountRef}` }
}
