import type { Candidate } from '@portreeve/model'

/** Most candidates that a person is made to choose among. */
export const mostCandidates = 20

/** Somebody whom a system names, in its own words, as one whom a person may choose. */
export function toCandidate(
  personReference: string,
  person: Readonly<Partial<Record<'name' | 'birthDate' | 'address', string | null | undefined>>>,
): Candidate {
  const { name, birthDate, address } = person
  return { personReference, description: shown(joined('; ', name, birthDate && `born ${birthDate}`, address)) }
}

/** What is said, and nothing of what is not. */
export function joined(by: string, ...parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part != null && part !== '').join(by)
}

/** Nothing of a vendor's text moves a terminal or fills a screen. */
function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.slice(0, 200) || 'no name'
}
