/** What stands in a message for a body that is too large for it (EIP: Claim Check). */
export interface Claim {
  /** SHA-256 of the body, lower-case hex: 64 characters. */
  readonly digest: string
  readonly sizeBytes: number
}

/** A claim and when its body was last handed in. */
export interface StagedClaim extends Claim {
  readonly stagedAt: Date
}

/** What `check` found wrong with one file of the store. */
export interface ClaimProblem {
  /** Relative to the store's folder. */
  readonly file: string
  readonly sentence: string
}

const digestPattern = /^[0-9a-f]{64}$/

/** False for anything that could lead out of the store's folder, too. */
export function isDigest(text: string): boolean {
  return digestPattern.test(text)
}
