import { doorTypes } from '@portreeve/configuration'
import type { Ledger } from '@portreeve/ledger'

/** Where a transaction stands as a whole. */
export const transactionStates = ['received', 'held', 'in-progress', 'done', 'rejected', 'needs-a-person'] as const
export type TransactionState = (typeof transactionStates)[number]

/** Where it stands with one system. */
export const systemStates = ['waiting', 'delivered', 'confirmed', 'needs-a-person', 'not-concerned'] as const
export type SystemState = (typeof systemStates)[number]

/** What whoever brought a transaction may know of it: no personal data, and nothing of why a person has to look at it. */
export interface TransactionStatus {
  readonly reference: string
  /** RFC 3339, UTC. */
  readonly acceptedAt: string
  readonly state: TransactionState
  /** In plain words, for the citizen. */
  readonly sentence: string
  readonly systems: readonly {
    /** As citizens know it. */
    readonly system: string
    readonly state: SystemState
    /** RFC 3339, UTC. */
    readonly since: string
    readonly sentence: string
  }[]
}

export interface TransactionStatusParts {
  readonly ledger: Pick<Ledger, 'track'>
}

/** `null` for what the ledger does not know, or did not come in at the door. */
export async function transactionStatus(
  reference: string,
  { ledger }: TransactionStatusParts,
): Promise<TransactionStatus | null> {
  const message = ledger.track({ reference })?.message
  if (!message || !doorTypes.some((type) => type === message.type)) return null
  return {
    reference: message.reference,
    acceptedAt: message.time.toISOString(),
    state: 'received',
    sentence: 'We have received what you told us. It is safe, and will be passed on.',
    systems: [],
  }
}
