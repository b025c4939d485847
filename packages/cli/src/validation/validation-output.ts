import type { DocumentVerdict, ReportVerdict } from '@portreeve/adapter-sdk'
import type { PortreeveError } from '@portreeve/errors'

/** Takes verdicts as they come and keeps none: a file may be as large as it likes. */
export interface ValidationOutput {
  begin(file: string): Promise<void>
  report(verdict: ReportVerdict): Promise<void>
  document(verdict: DocumentVerdict): Promise<void>
  /** Instead of all the others, for a file that cannot be read. */
  unreadable(error: PortreeveError): Promise<void>
  end(): Promise<void>
}
