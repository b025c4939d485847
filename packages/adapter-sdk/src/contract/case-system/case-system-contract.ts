import type { ErrorCode } from '@portreeve/errors'
import type { FakeCaseSystemOptions, FakePerson } from '../../stand-in/index.ts'
import { addressUpdatePromises } from './address-update-promises.ts'
import { faultPromises } from './fault-promises.ts'
import type { Opened } from './opened.ts'
import { recordPromises } from './record-promises.ts'

/** What is known of a system for cases, whichever supplier's it is. */
export interface CaseSystemHarness {
  openAtStandIn(
    options?: FakeCaseSystemOptions & { readonly persons?: readonly FakePerson[]; readonly file?: string },
    timeoutSeconds?: number,
  ): Promise<Opened>
  /** The system's own number of its nth case, from 1. */
  numbers(number: number): string
  /** Its code for a kind of case that it has not got. */
  readonly typeUnknown: string
  /** What a 409 is told as that does not say which case is there already. */
  readonly conflictCode: ErrorCode
}

/** Registers what every adapter to a system for cases promises, beside the `adapterContract`. */
export function caseSystemContract(harness: CaseSystemHarness): void {
  addressUpdatePromises(harness)
  faultPromises(harness)
  recordPromises(harness)
}
