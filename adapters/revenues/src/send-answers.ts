import type { Adapter, Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { AnswerFolder } from './answer-folder.ts'
import { type News, newsOf } from './from-canonical.ts'

const written: Outcome = { state: 'delivered', proof: 'written' }

/**
 * Writes what became of files and reports next to the inbox, in the order of the batch; the news of one file that follow
 * each other are written together. What comes behind a message that could not be written waits for it.
 */
export function sendAnswers(answers: AnswerFolder): NonNullable<Adapter['send']> {
  return async ({ messages }: OutgoingBatch) => {
    const outcomes: Outcome[] = []
    for (const run of runsOf(messages.map(newsOf))) {
      const fault = await write(run)
      if (fault === null) outcomes.push(...run.map(() => written))
      else {
        outcomes.push(...run.map(() => fault))
        break
      }
    }
    const waiting = new PortreeveError('PRV_REVENUES_WAITS').toJSON()
    return messages.map((_, index) => outcomes[index] ?? { state: 'not-taken', error: waiting, retryAfterMs: 0 })
  }

  async function write(run: readonly (News | null)[]): Promise<Outcome | null> {
    const all = run.flatMap((news) => news ?? [])
    const [first] = all
    if (!first) return { state: 'not-taken', error: new PortreeveError('PRV_REVENUES_MESSAGE').toJSON() }
    const refusedReports = all.flatMap(({ answer }) => answer.refusedReports ?? [])
    try {
      await answers.write(first.file, Object.assign({}, ...all.map(({ answer }) => answer), { refusedReports }))
      return null
    } catch (error) {
      if (!isPortreeveError(error)) throw error
      return { state: 'not-taken', error: error.toJSON() }
    }
  }
}

/** Neighbours that speak of the same file; one that speaks of none is alone. */
function runsOf(all: readonly (News | null)[]): readonly (readonly (News | null)[])[] {
  const runs: (News | null)[][] = []
  for (const news of all) {
    const last = runs.at(-1)
    if (news !== null && last?.[0]?.file.digest === news.file.digest) last.push(news)
    else runs.push([news])
  }
  return runs
}
