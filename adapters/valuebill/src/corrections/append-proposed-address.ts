import { reasonCodeOf } from '../raw/reason-code.ts'
import { voaBar } from '../rule-source.ts'
import type { TextAddress } from '../vendor-types.ts'
import type { CorrectionRule } from './correction.ts'
import { singleSpaced } from './remarks.ts'

/** ValuebillBAtoVOA-v3-1d.xsd, Remarks; also the rule RemarksValidationTooLong. */
export const longestRemarks = 240

/**
 * Council tax 9: the VOA's list system loses the proposed address of a change of address, so it is also written at the end
 * of the remarks: `<remarks> - [PROPOSED] - [line,line,postcode]`. A missing postcode is left out (the service writes
 * `null`), and as many parts are written as fit into 240 characters (the service writes them all and then refuses the
 * report). It runs after the remarks' white space and the postcodes are put right. What is there already is not added again.
 * Left to a service that corrects: it would write it once more.
 */
export const appendProposedAddress: CorrectionRule = {
  name: 'proposed-address-in-remarks',
  source: voaBar('RulesCorrectionEngine', 'CtRules.Cr12CopyProposedEntriesToRemarks'),
  leftToService: true,
  correct(report) {
    if (reasonCodeOf(report) !== 'CR12') return null
    const address = report.ProposedEntries?.AssessmentProperties?.[0]?.PropertyIdentity?.TextAddress
    if (address === undefined) return null
    const before = report.Remarks ?? ''
    const parts = partsOf(address)
    for (let count = parts.length; count > 0; count--) {
      const added = `[PROPOSED] - [${parts.slice(0, count).join(',')}]`
      if (before.endsWith(added)) return null
      const after = before === '' ? added : `${before} - ${added}`
      if (after.length > longestRemarks) continue
      const change = { path: 'Remarks', after, ...(before !== '' && { before }) }
      return { report: { ...report, Remarks: after }, changes: [change] }
    }
    return null
  },
}

function partsOf(address: TextAddress): string[] {
  return [...(address.AddressLine ?? []), address.Postcode ?? ''].map(singleSpaced).filter((part) => part !== '')
}
