/**
 * Why a council tax report is made, in the schedule's order: code -> title. CR08, CR11 and CR13 are in the schema but the
 * VOA's service refuses them. Source: Valuebill 3-1d, CtaxReasonForReportCode.
 */
export const ctaxReasonTitles: ReadonlyMap<string, string> = new Map([
  ['CR01', 'Demolished'],
  ['CR02', 'Change from Domestic Use - Deletion from Council Tax Valuation List'],
  ['CR03', 'New'],
  ['CR04', 'Change to Domestic Use - Inclusion in Council Tax Valuation List'],
  ['CR05', 'Reconstitution (including splits/mergers)'],
  ['CR06', 'Any case that relates to a Composite dwelling not covered by any other code'],
  ['CR07', 'Demolition of Part - Potential reduction in Band'],
  [
    'CR08',
    'Error in Council Tax Valuation List Entry (reinstate) Immediate Review (for Valuation Office Agency use only)',
  ],
  ['CR09', 'Other case - Immediate Review'],
  ['CR10', 'Structural Alterations - Potential Increase in Band'],
  ['CR11', 'Boundary Change - Deletion'],
  ['CR12', 'Change of Address'],
  ['CR13', 'Boundary Change - New'],
  ['CR14', 'Minor Address Change'],
  ['CR15', 'Enquiry Received'],
  ['CR16', 'Consequential To Band Alteration For a Neighbouring Dwelling'],
])

/** Why a business rates report is made: two digits -> title. Source: Valuebill 3-1d, NndrReasonForReportCode. */
export const nndrReasonTitles: ReadonlyMap<string, string> = new Map([
  ['01', 'New'],
  ['02', 'New (Formerly Domestic)'],
  ['03', 'New (Formerly Exempt)'],
  ['04', 'Other (New)'],
  ['05', 'Deleted - Demolished'],
  ['06', 'Deleted - Ceased'],
  ['07', 'Deleted - Exempt'],
  ['08', 'Other (deleted)'],
  ['09', 'Improvements and/or Alterations'],
  ['10', 'Reconstitution'],
  ['11', 'Other (Alterations)'],
  ['12', 'Address/Reference Number Only Change'],
  ['13', 'ACW Resulting from Scheme Review'],
  ['14', 'Consequential - Resulting from Appeal Action'],
  ['15', 'Annual Revision (Minerals)'],
  ['16', 'Annual Revision (Licensed Property)'],
  ['17', 'Continuous Referencing'],
  ['18', 'ACW Reactive Resulting from Enquiry'],
  ['19', 'ACW Scheme Investigation and Review'],
])
