import type { ReportRefused } from '@portreeve/model'
import type { Notice } from './vendor-types.ts'

/** The board's notice of a `valuation.report.refused`. Pure: the same report makes the same notice. */
export function toNotice({ fileName, problems }: ReportRefused, reference: string): Notice {
  return {
    title: `${reference}: a report of ${fileName} was refused`,
    text: problems.map(({ sentence }) => sentence).join('\n'),
  }
}
