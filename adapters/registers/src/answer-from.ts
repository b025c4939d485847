import { type Answering, type Answers, answerQuestions, type Question } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import type { Candidate } from '@portreeve/model'
import { type AddressRegister, uprnKey } from './address-register.ts'
import type { PersonRegister } from './person-register.ts'
import type { RegisterFile } from './register-file.ts'
import { unlessAborted } from './unless-aborted.ts'
import type { PersonRow } from './vendor-types.ts'

/** Nobody chooses among more; that there are several is what counts. */
const maxCandidates = 100

export interface RegistersInUse {
  /** Label of the instance. */
  readonly system: string
  readonly addresses: RegisterFile<AddressRegister> | null
  readonly persons: RegisterFile<PersonRegister> | null
}

/** Answers from the files in use. Rejects where there is none, or none that was ever right. */
export function answerFrom({ system, addresses, persons }: RegistersInUse): ReturnType<typeof answerQuestions> {
  const notKept = (kind: keyof Answering) => new PortreeveError('PRV_REGISTERS_NOT_KEPT', { system, kind })

  async function address({ uprn }: Question<'address'>): Promise<Answers['address']> {
    if (addresses === null) throw notKept('address')
    const row = (await addresses.latest()).get(uprnKey(uprn))
    return { known: row !== undefined, capacity: row?.capacity ?? null, occupants: row?.occupants ?? null }
  }

  async function candidates(question: Question<'persons'>): Promise<Answers['persons']> {
    if (persons === null) throw notKept('persons')
    const found = (await persons.latest()).find(question).slice(0, maxCandidates)
    // Where they live helps to tell them apart; without the other register, they are told apart without.
    const known = found.length === 0 ? undefined : await addresses?.latest().catch(() => undefined)
    return { candidates: found.map((person) => candidateOf(person, known)) }
  }

  return answerQuestions({
    address: (question, signal) => unlessAborted(address(question), signal),
    persons: (question, signal) => unlessAborted(candidates(question), signal),
  })
}

function candidateOf(person: PersonRow, addresses: AddressRegister | undefined): Candidate {
  const { personReference, personGivenName, personFamilyName, personBirthDate, uprn } = person
  const place = uprn === undefined ? undefined : (addresses?.get(uprnKey(uprn))?.address ?? `UPRN ${uprn}`)
  const description = [
    `${personGivenName} ${personFamilyName}`,
    ...(personBirthDate === undefined ? [] : [`born ${personBirthDate}`]),
    ...(place === undefined ? [] : [`at ${place}`]),
  ].join(', ')
  return { personReference, description }
}
