import type { Candidate } from '@portreeve/model'
import type { Account } from './vendor-types.ts'

const mostCandidates = 20

/** Accounts that the CRM names, as persons of whom somebody has to choose one. */
export function candidatesOf(accounts: readonly Account[]): readonly Candidate[] {
  return accounts.slice(0, mostCandidates).map((account) => {
    const { account_id, first_name, last_name, birth_date, address } = account
    const name = [first_name, last_name].filter(isSaid).join(' ')
    const parts = [name, birth_date && `born ${birth_date}`, address]
    return { personReference: String(account_id), description: shown(parts.filter(isSaid).join('; ')) }
  })
}

function isSaid(part: string | null | undefined): part is string {
  return part != null && part !== ''
}

/** Nothing of a vendor's text moves a terminal or fills a screen. */
function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.slice(0, 200) || 'no name'
}
