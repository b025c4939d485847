import type { DocumentVerdict, ReportVerdict } from '@portreeve/adapter-sdk'

/** Takes verdicts as they come and keeps none: a file may be as large as it likes. */
export interface ValidationOutput {
  begin(file: string): Promise<void>
  report(verdict: ReportVerdict): Promise<void>
  document(verdict: DocumentVerdict): Promise<void>
  end(): Promise<void>
}
