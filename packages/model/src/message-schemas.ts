import type { TSchema } from 'typebox'
import { addressChangeSchema } from './customer/address-change.ts'
import { addressUpdateAnsweredSchema } from './customer/address-update-answered.ts'
import { addressUpdateRequestedSchema } from './customer/address-update-requested.ts'
import { deliveryRecordedSchema } from './delivery/delivery-recorded.ts'
import { emitJsonSchema } from './emit/json-schema.ts'
import { emailRequestedSchema } from './notification/email-requested.ts'
import { receiverPausedSchema } from './operations/receiver-paused.ts'
import { billingAuthorityReportSchema } from './valuation/billing-authority-report.ts'
import { reportRefusedSchema } from './valuation/report-refused.ts'
import { submissionReceivedSchema } from './valuation/submission-received.ts'
import { submissionRefusedSchema } from './valuation/submission-refused.ts'
import { submissionSplitSchema } from './valuation/submission-split.ts'

/** What the body of a message must look like, by CloudEvents type; each schema has an `$id` and a title. */
export const messageSchemas = {
  'customer.address-update.answered': addressUpdateAnsweredSchema,
  'customer.address-update.requested': addressUpdateRequestedSchema,
  'customer.address.changed': addressChangeSchema,
  'notification.email.requested': emailRequestedSchema,
  'operations.receiver.paused': receiverPausedSchema,
  'portreeve.delivery.recorded': deliveryRecordedSchema,
  'valuation.report.proposed': billingAuthorityReportSchema,
  'valuation.report.refused': reportRefusedSchema,
  'valuation.submission.received': submissionReceivedSchema,
  'valuation.submission.refused': submissionRefusedSchema,
  'valuation.submission.split': submissionSplitSchema,
} as const satisfies Record<string, TSchema>

/** A type of message that the canonical data model knows. */
export type MessageType = keyof typeof messageSchemas

const ids: ReadonlyMap<string, string> = new Map(
  Object.entries(messageSchemas).map(([type, schema]) => [type, emitJsonSchema(schema).$id ?? '']),
)

/** The CloudEvents `dataschema` of messages of this type; `undefined` for a type that is not of this model. */
export function dataSchemaOf(type: string): string | undefined {
  return ids.get(type)
}
