import { createHash } from 'node:crypto'
import type { Message } from '@portreeve/envelope'

export const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** A message as the broker hands it over. */
export function messageOf(type: string, reference: string, body: object): Message {
  return {
    envelope: {
      id: `${type}-${reference}`,
      source: '/x99000001/split',
      type,
      time: '2026-03-02T10:00:00.000Z',
      dataContentType: 'application/json',
      reference,
      correlationId: reference,
      authority: 'X99000001',
      channel: 'file',
    },
    body: new TextEncoder().encode(JSON.stringify(body)),
  }
}

/** A refused report of `file`, told in the words of the checks. */
export function reportRefused(file: string, index: number, more: object = {}): Message {
  return messageOf('valuation.report.refused', `R-${file}-${index}`, {
    fileName: `${file}.xml`,
    digest: digestOf(file),
    index,
    identity: { baReportNumber: `${1001 + index}`, transactionIdentityBA: `990000${index}` },
    problems: [
      {
        code: '1012',
        path: `/BAreports/BApropertyReport[${index + 1}]`,
        line: 40 + index,
        rule: 'reasonForReportCode',
        sentence: 'CR99 is no reason for a council tax report. Use one of CR01 to CR14.',
      },
    ],
    rawReport: '<BApropertyReport/>',
    ...more,
  })
}

export function submissionSplit(file: string, reports: number, refused: number): Message {
  const body = { fileName: `${file}.xml`, digest: digestOf(file), reports, refused }
  return messageOf('valuation.submission.split', `9R3R-${file}`, body)
}

export function submissionRefused(file: string): Message {
  const problems = [
    { code: 'X', path: '', line: 7, rule: 'end of file', sentence: 'The file ends in the middle. Export it again.' },
  ]
  const body = { fileName: `${file}.xml`, digest: digestOf(file), identity: {}, problems }
  return messageOf('valuation.submission.refused', `9R3R-${file}`, body)
}
