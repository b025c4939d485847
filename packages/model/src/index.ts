export type { Bs7666Address } from './address/bs7666-address.ts'
export { bs7666AddressSchema } from './address/bs7666-address.ts'
export type { AsArrived } from './as-arrived.ts'
export type { DeliveryRecorded, DeliveryState } from './delivery/delivery-recorded.ts'
export { deliveryRecordedSchema, deliveryStates } from './delivery/delivery-recorded.ts'
export type { BillingAuthorityCode } from './identifiers/billing-authority-code.ts'
export { billingAuthorityCode } from './identifiers/billing-authority-code.ts'
export type { Identifier } from './identifiers/branded.ts'
export type { GssCode } from './identifiers/gss-code.ts'
export { gssCode } from './identifiers/gss-code.ts'
export type { Postcode } from './identifiers/postcode.ts'
export { postcode } from './identifiers/postcode.ts'
export type { Uprn } from './identifiers/uprn.ts'
export { uprn } from './identifiers/uprn.ts'
export type { Usrn } from './identifiers/usrn.ts'
export { usrn } from './identifiers/usrn.ts'
export type { Immutable } from './immutable.ts'
export type {
  AssessmentProperty,
  BillingAuthorityReport,
  Entries,
  OccupierContact,
  PropertyIdentity,
  RawBillingAuthorityReport,
} from './valuation/billing-authority-report.ts'
export { billingAuthorityReportSchema } from './valuation/billing-authority-report.ts'
export type { Correction } from './valuation/correction.ts'
export type { ReportRefused } from './valuation/report-refused.ts'
export { reportRefusedSchema } from './valuation/report-refused.ts'
export type { ReportSubmission } from './valuation/report-submission.ts'
export type { SubmissionReceived } from './valuation/submission-received.ts'
export { submissionReceivedSchema } from './valuation/submission-received.ts'
export type { SubmissionRefused } from './valuation/submission-refused.ts'
export { submissionRefusedSchema } from './valuation/submission-refused.ts'
export type { SubmissionSplit } from './valuation/submission-split.ts'
export { submissionSplitSchema } from './valuation/submission-split.ts'
