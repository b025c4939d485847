import { type Tax, taxOf } from '../raw/reason-code.ts'
import type { BApropertyReport } from '../vendor-types.ts'
import { appendProposedAddress } from './append-proposed-address.ts'
import { appendProposedEntries } from './append-proposed-entries.ts'
import { composeTextAddress } from './compose-text-address.ts'
import { copyMissingSide } from './copy-missing-side.ts'
import type { Correction, CorrectionRule } from './correction.ts'
import {
  dropExisting,
  dropExistingRates,
  dropProposed,
  dropProposedRates,
  moveExistingToProposed,
  moveExistingToProposedRates,
  moveProposedToExisting,
  moveProposedToExistingRates,
} from './move-entries.ts'
import { normalisePostcodes } from './postcodes.ts'
import { dropShortDescription, dropUnknownBand } from './property-facts.ts'
import { fillRemarks, trimRemarks } from './remarks.ts'
import { removeBs7666Address, removePropertyGridCoords } from './remove-bs7666.ts'

/**
 * In the order of the VOA's service (hmrc/voa-bar, RulesCorrectionEngine); each rule's comment says which of its rules it is. Two places differ: our own
 * first rule, and the proposed address goes into the remarks after postcodes and white space are put right.
 */
export const corrections: Readonly<Record<Tax, readonly CorrectionRule[]>> = {
  'council tax': [
    composeTextAddress,
    removeBs7666Address,
    removePropertyGridCoords,
    moveProposedToExisting,
    dropProposed,
    dropExisting,
    moveExistingToProposed,
    copyMissingSide,
    appendProposedEntries,
    normalisePostcodes,
    trimRemarks,
    appendProposedAddress,
    fillRemarks,
    dropUnknownBand,
    dropShortDescription,
  ],
  'business rates': [
    composeTextAddress,
    removeBs7666Address,
    removePropertyGridCoords,
    moveExistingToProposedRates,
    moveProposedToExistingRates,
    dropExistingRates,
    dropProposedRates,
    normalisePostcodes,
    trimRemarks,
    fillRemarks,
  ],
}

/**
 * Puts right what the VOA's service would put right; where `serviceCorrects`, only what it may find put right. A report
 * without one tax is left as it is: a rule refuses it.
 */
export function correctReport(
  arrived: BApropertyReport,
  serviceCorrects = false,
): {
  readonly report: BApropertyReport
  readonly corrections: readonly Correction[]
} {
  const tax = taxOf(arrived)
  if (tax === undefined) return { report: arrived, corrections: [] }
  let report = arrived
  const made: Correction[] = []
  for (const rule of corrections[tax]) {
    if (serviceCorrects && rule.leftToService) continue
    const corrected = rule.correct(report)
    if (corrected === null) continue
    report = corrected.report
    for (const change of corrected.changes) made.push({ rule: rule.name, ...change })
  }
  return { report, corrections: made }
}
