import type { Adapter, ReceiveOptions } from '@portreeve/adapter-sdk'
import type { ReportSubmission } from '@portreeve/model'
import { checkDocument } from './check-document.ts'
import { documentReader } from './document-shape.ts'
import { judgeElement } from './judge-report.ts'
import { readHeader } from './read-report.ts'
import { receivedReport } from './received-report.ts'
import type { SchemaCheck } from './schema.ts'
import type { BAreportHeader } from './vendor-types.ts'

type Receive = NonNullable<Adapter['receive']>

/** Reads Valuebill files into one message per report. `billingAuthorityCode` is the one whose files are taken. */
export function receiveReports(schema: SchemaCheck, billingAuthorityCode: string): Receive {
  return {
    async check(source, options) {
      const { header, problems } = await checkDocument(source, { ...options, billingAuthorityCode })
      return problems.length === 0 ? null : { identity: identityOf(header), problems }
    },

    async *records(source, options) {
      let file = submissionOf({}, options)
      for await (const part of documentReader.read(source, options)) {
        if (part.kind === 'root') file = { ...file, ...schemaOf(part.element.attribute.bind(part.element)) }
        else if (part.kind === 'record') {
          const { index, element } = part
          yield receivedReport(judgeElement(element, index, schema), element, { ...file, index })
        } else if (part.element.name === 'BAreportHeader') {
          file = { ...file, ...submissionOf(readHeader(part.element).node, options) }
        }
      }
    },
  }
}

function submissionOf(header: BAreportHeader, { documentId, documentName }: ReceiveOptions): ReportSubmission {
  return {
    fileName: documentName ?? documentId,
    digest: documentId,
    index: 0,
    billingAuthority: header.BillingAuthority ?? '',
    billingAuthorityIdentityCode: header.BillingAuthorityIdentityCode ?? '',
    ...(header.ProcessDate !== undefined && { processDate: header.ProcessDate }),
    ...(header.EntryDateTime !== undefined && { entryDateTime: header.EntryDateTime }),
  }
}

function schemaOf(attribute: (name: string) => string | undefined): Partial<ReportSubmission> {
  const schemaId = attribute('SchemaId')
  const schemaVersion = attribute('SchemaVersion')
  return { ...(schemaId !== undefined && { schemaId }), ...(schemaVersion !== undefined && { schemaVersion }) }
}

function identityOf(header: BAreportHeader): Readonly<Record<string, string>> {
  return {
    ...(header.BillingAuthority !== undefined && { billingAuthority: header.BillingAuthority }),
    ...(header.BillingAuthorityIdentityCode !== undefined && {
      billingAuthorityIdentityCode: header.BillingAuthorityIdentityCode,
    }),
  }
}
