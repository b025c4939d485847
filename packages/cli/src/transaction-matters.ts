import type { Transaction } from '@portreeve/broker'

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
    }))
  }
  return systems
    .filter(({ state }) => state === 'needs-a-person')
    .map(({ system, since, words = '', code = null, candidates = [], handedOver }) => {
      return { system, since, why: words, code, candidates, holdsUpLater: !handedOver }
    })
}

/** A transaction without what it says and who may be meant: for whoever has no need to know. */
export function withoutPersons({ body: _body, holds, systems, ...rest }: Transaction) {
  return {
    ...rest,
    holds: holds.map(({ candidates, ...hold }) => ({ ...hold, candidates: candidates.length })),
    systems: systems.map(({ candidates = [], personReference: _chosen, ...system }) => {
      return { ...system, candidates: candidates.length }
    }),
  }
}
