export { logContract } from './log-contract.ts'
export type { LogHarness } from './log-harness.ts'
