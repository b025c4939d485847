import type { Message } from '@portreeve/envelope'
import type { ReportRefused } from '@portreeve/model'
import type { Notice } from './vendor-types.ts'

/** The board's notice of a `valuation.report.refused`. Pure: the same message makes the same notice. */
export function toNotice({ envelope, body }: Message): Notice {
  const { fileName, problems }: ReportRefused = JSON.parse(Buffer.from(body).toString())
  return {
    title: `${envelope.reference}: a report of ${fileName} was refused`,
    text: problems.map(({ sentence }) => sentence).join('\n'),
  }
}
