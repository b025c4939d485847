import { bodyReader, type Outcome } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { type AddressUpdateRequested, addressUpdateRequestedSchema } from '@portreeve/model'
import type { CasesClient } from './client.ts'
import { beforeSending } from './errors.ts'
import { addressUpdateRequested, toCase } from './from-canonical.ts'
import { type Match, matchName, matchReference, nameQuery, referenceQuery } from './match-person.ts'

export interface SendUpdateOptions {
  readonly client: CasesClient
  /** Label of the instance. */
  readonly system: string
  readonly caseType: string
}

/**
 * Finds the person, then opens a case. Rejects with an error whose class says what became of the message, as `sendEach`
 * takes it; what goes wrong before the case is opened leaves it surely not taken.
 */
export function updateSender({ client, system, caseType }: SendUpdateOptions) {
  const read = bodyReader(addressUpdateRequested, addressUpdateRequestedSchema, system)
  return async (message: Message, signal: AbortSignal): Promise<Outcome> => {
    const update: AddressUpdateRequested = read(message)
    const externalReference = message.envelope.id
    const match = await beforeSending(system, findPerson(update, client, signal))
    if (!('partyId' in match)) {
      // Sent before, it may be the case itself that moved the person since.
      const caseId = await beforeSending(system, client.findCase(externalReference, signal))
      return caseId === null ? refusal(match, system) : { state: 'delivered', proof: caseId }
    }
    const opened = await client.openCase(
      toCase(update, { externalReference, partyId: match.partyId, type: caseType }),
      signal,
    )
    if ('caseId' in opened) return { state: 'delivered', proof: opened.caseId }
    const { message: reason } = new PortreeveError('PRV_ADAPTER_REFUSED', { system, code: opened.refusedWith })
    return { state: 'refused', code: opened.refusedWith, reason }
  }
}

/** The council's own reference may be one that the CRM has not got: then the name decides. What a person chose stands. */
async function findPerson(update: AddressUpdateRequested, client: CasesClient, signal: AbortSignal): Promise<Match> {
  const query = referenceQuery(update)
  if (query !== null) {
    const match = matchReference(update, await client.findParties(query, signal))
    const isKnown = 'partyId' in match || match.candidates.length > 0
    if (isKnown || update.personReference !== undefined) return match
  }
  return matchName(update, await client.findParties(nameQuery(update), signal))
}

function refusal({ several, candidates }: Exclude<Match, { partyId: string }>, system: string): Outcome {
  const error = several
    ? new PortreeveError('PRV_ADAPTER_PERSON_AMBIGUOUS', { system, count: candidates.length })
    : new PortreeveError('PRV_ADAPTER_PERSON_NOT_FOUND', { system })
  const { code, message: reason } = error
  return { state: 'refused', code, reason, ...(candidates.length > 0 && { candidates }) }
}
