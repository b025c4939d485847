import { type Static, Type } from 'typebox'
import { type AsArrived, asArrived } from '../as-arrived.ts'
import { atLeastOne } from '../at-least-one.ts'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'
import { populatedText, text } from '../text.ts'
import { correctionSchema } from './correction.ts'
import { entriesSchema } from './entries.ts'
import { reportSubmissionSchema } from './report-submission.ts'

const source = 'ValuebillBAtoVOA-v3-1d'

const entries = (which: string, element: string) =>
  asArrived<Static<typeof entriesSchema>>(entriesSchema, `${which} As it arrived: not judged. ${source}, ${element}.`)

/**
 * One report of a billing authority to the VOA: every fact of a Valuebill BApropertyReport as it arrived, before any
 * correction. What is missing in the XML is absent here, what is empty there is empty here. Attributes of a text
 * element follow it under its name and theirs: `rateableValue`, `rateableValueCurrency`.
 *
 * Whatever passes the XSD once it is corrected is valid by this schema. So only what no correction touches is required;
 * the entries, of which corrections drop and rename whole sides, hold whatever came.
 */
export const billingAuthorityReportSchema = Type.Object(
  {
    submission: reportSubmissionSchema,
    dateSent: text('When the authority sent it; a date as it stands.', `${source}, DateSent`),
    transactionIdentityBA: populatedText("The authority's id of the transaction.", `${source}, TransactionIdentityBA`),
    baIdentityNumber: populatedText(
      'Billing authority code as it arrived, such as 0835.',
      `${source}, BAidentityNumber`,
    ),
    baReportNumber: populatedText("The authority's number of the report.", `${source}, BAreportNumber`),
    typeOfTax: Type.Enum(['council-tax', 'business-rates'], {
      type: 'string',
      description: `Which list it is about: CtaxReasonForReport or NNDRreasonForReport. ${source}, TypeOfTax.`,
    }),
    reasonForReportCode: populatedText('Why: CR01 to CR16, or 01 to 19.', `${source}, ReasonForReportCode`),
    reasonForReportCodeDescription: Type.Optional(
      text(
        'The code in words.',
        'VBcodes-v3-1d, CtaxReasonForReportCodeStructure/@Description; NndrReasonForReportCodeStructure/@Description',
      ),
    ),
    reasonForReportDescription: Type.Optional(text('The reason in words.', `${source}, ReasonForReportDescription`)),
    existingEntries: Type.Optional(entries('Properties as they are in the list.', 'ExistingEntries')),
    proposedEntries: Type.Optional(entries('Properties as they shall be.', 'ProposedEntries')),
    indicatedDateOfChange: text('From when on; a date as it stands.', `${source}, IndicatedDateOfChange`),
    propertyPlanReferenceNumber: Type.Optional(
      text('Plan that goes with it.', `${source}, PropertyPlanReferenceNumber`),
    ),
    sourceOfUpdate: Type.Optional(text('Where the authority knows it from.', `${source}, SourceOfUpdate`)),
    remarks: Type.Optional(text('Remarks on the report as a whole.', `${source}, Remarks`)),
    corrections: Type.Array(correctionSchema, {
      description: 'What the copy that is sent to the VOA differs in, in the order in which it was done. Portreeve.',
    }),
  },
  {
    ...named('BillingAuthorityReport', 1),
    additionalProperties: false,
    ...atLeastOne('existingEntries', 'proposedEntries'),
    description: 'Report of a billing authority to the Valuation Office Agency, as it arrived.',
  },
)

export type BillingAuthorityReport = Immutable<Static<typeof billingAuthorityReportSchema>>

/** A report as the reader found it: nothing checked, anything may be missing. */
export type RawBillingAuthorityReport = AsArrived<BillingAuthorityReport>

export type Entries = NonNullable<BillingAuthorityReport['existingEntries']>
export type AssessmentProperty = NonNullable<Entries['assessmentProperties']>[number]
export type PropertyIdentity = NonNullable<AssessmentProperty['propertyIdentity']>
export type OccupierContact = NonNullable<AssessmentProperty['occupierContact']>
