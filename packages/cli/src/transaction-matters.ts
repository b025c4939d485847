import type { Transaction } from '@portreeve/broker'

type System = Transaction['systems'][number]

/** One thing about a transaction that a person has to decide. */
export interface Matter {
  /** `null`: quality control holds it, and no system was told yet. */
  readonly system: string | null
  readonly since: string
  readonly why: string
  readonly code: string | null
  /** Persons who may be meant. Personal data. */
  readonly candidates: Transaction['holds'][number]['candidates']
  /** Later changes of the same person wait behind it. */
  readonly holdsUpLater: boolean
  /** What keeps the request: it goes before every other decision. */
  readonly deadLetter: System['deadLetter'] | null
}

/** What waits for a person; empty when nothing does. */
export function mattersOf({ stage, startedAt: since, holds, systems }: Transaction): readonly Matter[] {
  if (stage === 'held') {
    return holds.map(({ sentence: why, candidates }) => ({
      system: null,
      since,
      why,
      code: null,
      candidates,
      holdsUpLater: true,
      deadLetter: null,
    }))
  }
  return systems
    .filter(({ state }) => state === 'needs-a-person')
    .map((system) => {
      const { system: label, since, code = null, candidates = [], handedOver, deadLetter = null } = system
      return { system: label, since, why: whyOf(system), code, candidates, holdsUpLater: !handedOver, deadLetter }
    })
}

const nobodyThere = ['PRV_ADAPTER_PERSON_NOT_FOUND', 'no-match']

/** What a system says; that it does not know the person whom somebody chose is said in so many words. */
export function whyOf({ system, state, code = '', words = '', personReference }: System): string {
  const isUnknown = state === 'needs-a-person' && personReference !== undefined && nobodyThere.includes(code)
  return isUnknown ? `${system} knows nobody by ${personReference}, the reference that was chosen.` : words
}

/** A transaction without what it says and who may be meant, but with the reference that somebody chose: for whoever has no need to know. */
export function withoutPersons({ body: _body, holds, systems, ...rest }: Transaction) {
  return {
    ...rest,
    holds: holds.map(({ candidates, ...hold }) => ({ ...hold, candidates: candidates.length })),
    systems: systems.map(({ candidates = [], ...system }) => {
      return { ...system, candidates: candidates.length }
    }),
  }
}
