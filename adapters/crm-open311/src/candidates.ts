import { joined, mostCandidates, toCandidate } from '@portreeve/adapter-sdk'
import type { Candidate } from '@portreeve/model'
import type { Account } from './vendor-types.ts'

/** Accounts that the CRM names, as persons of whom somebody has to choose one. */
export function candidatesOf(accounts: readonly Account[]): readonly Candidate[] {
  return accounts
    .slice(0, mostCandidates)
    .map(({ account_id, first_name, last_name, birth_date, address }) =>
      toCandidate(String(account_id), { name: joined(' ', first_name, last_name), birthDate: birth_date, address }),
    )
}
