import type { Adapter, ReceiveOptions } from '@portreeve/adapter-sdk'
import type { XmlElement } from '@portreeve/formats'
import type { ReportSubmission } from '@portreeve/model'
import { checkDocument } from './check-document.ts'
import { judgeDocument } from './judge-document.ts'
import type { Demands } from './judge-report.ts'
import { readHeader } from './read-report.ts'
import { receivedReport } from './received-report.ts'
import type { BAreportHeader } from './vendor-types.ts'

type Receive = NonNullable<Adapter['receive']>

/** Reads Valuebill files into one message per report. `billingAuthorityCode` is the one whose files are taken. */
export function receiveReports(service: Demands, billingAuthorityCode: string): Receive {
  return {
    async check(source, options) {
      const { header, problems } = await checkDocument(source, { ...options, billingAuthorityCode })
      return problems.length === 0 ? null : { identity: identityOf(header), problems }
    },

    async *records(source, options) {
      let file = submissionOf({}, options)
      for await (const part of judgeDocument(source, service, options)) {
        if (part.kind === 'report') {
          const { element, index } = part.record
          yield receivedReport(part.judged, element, { ...file, index })
        } else if (part.kind === 'root') {
          file = { ...file, ...schemaOf(part.element) }
        } else if (part.element.name === 'BAreportHeader') {
          file = { ...file, ...submissionOf(readHeader(part.element).node, options) }
        }
      }
    },
  }
}

function submissionOf(header: BAreportHeader, { documentId, documentName, inbox }: ReceiveOptions): ReportSubmission {
  return {
    fileName: documentName ?? documentId,
    digest: documentId,
    ...(inbox !== undefined && { inbox }),
    index: 0,
    billingAuthority: header.BillingAuthority ?? '',
    billingAuthorityIdentityCode: header.BillingAuthorityIdentityCode ?? '',
    ...(header.ProcessDate !== undefined && { processDate: header.ProcessDate }),
    ...(header.EntryDateTime !== undefined && { entryDateTime: header.EntryDateTime }),
  }
}

function schemaOf(root: XmlElement): Partial<ReportSubmission> {
  const schemaId = root.attribute('SchemaId')
  const schemaVersion = root.attribute('SchemaVersion')
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
