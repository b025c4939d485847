import type { Message } from '@portreeve/envelope'
import type { Answer, RefusedReport } from './vendor-types.ts'

export const accepted = ['valuation.submission.split', 'valuation.submission.refused', 'valuation.report.refused']

/** What a message tells of a file. */
export interface News {
  readonly file: Pick<Answer, 'fileName' | 'digest'>
  readonly answer: Partial<Answer>
}

/** `null` for a message that does not say which file it speaks of, or tells nothing that is understood here. */
export function newsOf({ envelope: { type, reference }, body }: Message): News | null {
  const { fileName, digest, ...told } = parse(body)
  if (typeof fileName !== 'string' || typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest)) return null
  const file = { fileName, digest }
  if (type === 'valuation.report.refused') {
    return isRefusal(told) && Number.isSafeInteger(told.index)
      ? { file, answer: { refusedReports: [reportOf(told, Number(told.index), reference)] } }
      : null
  }
  if (type === 'valuation.submission.refused') {
    return isRefusal(told) ? { file, answer: { status: 'refused', reference, problems: told.problems } } : null
  }
  const { reports, refused } = told
  if (type !== 'valuation.submission.split' || typeof reports !== 'number' || typeof refused !== 'number') return null
  return { file, answer: { status: 'split', reference, reports, refused } }
}

type Refused = Pick<RefusedReport, 'identity' | 'problems'>

function reportOf({ identity, problems }: Refused, index: number, reference: string): RefusedReport {
  return { index, reference, identity, problems }
}

function isRefusal(told: Readonly<Record<string, unknown>>): told is Refused & typeof told {
  return typeof told.identity === 'object' && told.identity !== null && Array.isArray(told.problems)
}

function parse(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    // No JSON tells of no file, and is answered as such.
    return {}
  }
}
