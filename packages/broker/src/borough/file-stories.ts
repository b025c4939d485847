import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FoundMessage } from '../operations.ts'

/** What became of one file of the demonstration. */
export interface FileStory {
  readonly fileName: string
  readonly reference: string
  readonly became: 'split' | 'refused' | 'duplicate'
  /** Why the file as a whole was refused. */
  readonly problems: readonly StoryProblem[]
  /** In the order of the file. */
  readonly reports: readonly ReportStory[]
}

export interface ReportStory {
  /** Place in the file, from 1. */
  readonly number: number
  readonly reference: string
  readonly uprn: string | null
  readonly became: 'accepted by the VOA' | 'refused by the VOA' | 'refused here' | 'on its way'
  readonly problems: readonly StoryProblem[]
}

export interface StoryProblem {
  readonly line?: number
  readonly code: string
  readonly sentence: string
}

/** The part of a `.json` answer that a story is made of. */
interface Answer {
  readonly fileName: string
  readonly digest: string
  readonly reference: string
  readonly status: 'split' | 'refused' | 'duplicate'
  readonly problems?: readonly StoryProblem[]
  readonly refusedReports: readonly { index: number; reference: string; problems: readonly StoryProblem[] }[]
}

/** Stories of the files that have an answer, by name; outcomes at the VOA come from the ledger. */
export async function fileStories(answersFolder: string, messages: readonly FoundMessage[]): Promise<FileStory[]> {
  const names = (await readdir(answersFolder)).filter((name) => name.endsWith('.json')).sort()
  const answers = await Promise.all(
    names.map(async (name): Promise<Answer> => JSON.parse(await readFile(join(answersFolder, name), 'utf8'))),
  )
  const proposed = messages.filter(({ type }) => type === 'valuation.report.proposed')
  return answers.map((answer) => ({
    fileName: answer.fileName,
    reference: answer.reference,
    became: answer.status,
    problems: answer.problems ?? [],
    reports: answer.status === 'split' ? reportStories(answer, proposed) : [],
  }))
}

function reportStories({ digest, refusedReports }: Answer, proposed: readonly FoundMessage[]): ReportStory[] {
  const sent = proposed.filter(({ id }) => id.startsWith(`${digest}-`)).map(sentStory)
  const numbers = new Set(sent.map(({ number }) => number))
  const refused = refusedReports.flatMap(({ index, reference, problems }): ReportStory[] =>
    numbers.has(index + 1) ? [] : [{ number: index + 1, reference, uprn: null, became: 'refused here', problems }],
  )
  return [...refused, ...sent].sort((a, b) => a.number - b.number)
}

function sentStory({ id, reference, uprn, state, receivers }: FoundMessage): ReportStory {
  const became = { delivered: 'accepted by the VOA', refused: 'refused by the VOA' } as const
  const problems = receivers.flatMap(({ code, reason }): StoryProblem[] =>
    code === null ? [] : [{ code, sentence: reason ?? '' }],
  )
  const number = Number(id.slice(id.lastIndexOf('-') + 1)) + 1
  return {
    number,
    reference,
    uprn,
    became: state === 'delivered' || state === 'refused' ? became[state] : 'on its way',
    problems,
  }
}
