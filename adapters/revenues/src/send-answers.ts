import type { Adapter, Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { Answer, RefusedReport } from './answer.ts'
import type { AnswerFolder } from './answer-folder.ts'

export const accepted = ['valuation.submission.split', 'valuation.submission.refused', 'valuation.report.refused']

/** Writes what became of files and reports next to the inbox; the news of one file are written together. */
export function sendAnswers(answers: AnswerFolder): NonNullable<Adapter['send']> {
  return async ({ messages }: OutgoingBatch) => {
    const outcomes: Outcome[] = messages.map(() => ({ state: 'delivered', proof: 'written' }))
    const files = Map.groupBy(
      messages.map((message, position) => ({ message, position, news: newsOf(message) })),
      ({ news }) => news?.file.digest,
    )
    for (const [digest, entries] of files) {
      const fault = digest === undefined ? notUnderstood() : await write(entries)
      if (fault) for (const { position } of entries) outcomes[position] = fault
    }
    return outcomes
  }

  async function write(entries: readonly { news: News | null }[]): Promise<Outcome | null> {
    const all = entries.flatMap(({ news }) => news ?? [])
    const [first] = all
    if (!first) return null
    const refusedReports = all.flatMap(({ answer }) => answer.refusedReports ?? [])
    const merged = Object.assign({}, ...all.map(({ answer }) => answer), { refusedReports })
    try {
      await answers.write(first.file, merged)
      return null
    } catch (error) {
      if (!isPortreeveError(error)) throw error
      return { state: 'not-taken', error: error.toJSON() }
    }
  }
}

interface News {
  readonly file: Pick<Answer, 'fileName' | 'digest'>
  readonly answer: Partial<Answer>
}

function newsOf({ envelope, body }: Message): News | null {
  const value = parse(body)
  if (!value || typeof value.digest !== 'string' || typeof value.fileName !== 'string') return null
  const file = { fileName: value.fileName, digest: value.digest }
  const { reference } = envelope
  if (envelope.type === 'valuation.report.refused') {
    const report = { ...value, reference } as unknown as RefusedReport
    const { index, identity, problems } = report
    return { file, answer: { refusedReports: [{ index, reference, identity, problems }] } }
  }
  const answer = value as Partial<Answer>
  return envelope.type === 'valuation.submission.split'
    ? { file, answer: { ...answer, reference, status: 'split' } }
    : { file, answer: { ...answer, reference, status: 'refused' } }
}

function parse(body: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

function notUnderstood(): Outcome {
  return { state: 'not-taken', error: new PortreeveError('PRV_REVENUES_MESSAGE').toJSON() }
}
