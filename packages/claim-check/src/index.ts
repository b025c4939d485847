export type { Claim, ClaimProblem, StagedClaim } from './claim.ts'
export { type ClaimCheck, type ClaimCheckOptions, openClaimCheck } from './claim-check.ts'
export type { Retention } from './retention.ts'
