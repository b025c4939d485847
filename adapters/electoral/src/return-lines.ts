import { createHash } from 'node:crypto'
import { type InboxFile, readUnchanged } from '@portreeve/endpoints'
import { type Problem, type RecordFormat, type RecordValues, SourceRefused } from '@portreeve/formats'
import type { Place } from './note.ts'
import { type PersonResult, personResult } from './person-result.ts'

/** Somebody reads them; of a hundred thousand bad lines, the first ones say it all. */
const mostListed = 1000

/** One line that was not used, and why. */
export type LineProblem = Pick<Problem, 'line' | 'column' | 'sentence'>

/** What a return file says. */
export interface ReturnLines {
  /** SHA-256 of its bytes. */
  readonly digest: string
  /** By handed-over file, request and number of the person; of lines about the same person the last counts. */
  readonly news: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<number, PersonResult>>>
  readonly problems: readonly LineProblem[]
  /** All of them, listed or not. */
  readonly problemCount: number
  /** Nothing of it is used: it is no return file, or not all of it. */
  readonly isRefused: boolean
}

/**
 * Reads a return file to its end; requests that were never handed over are problems, and so are lines that cannot be read. Rejects
 * with `PRV_ENDPOINTS_FILE_…`.
 */
export async function readReturn(
  file: InboxFile,
  format: RecordFormat,
  places: { get(id: string): Place | undefined },
  signal: AbortSignal,
): Promise<ReturnLines> {
  const hash = createHash('sha256')
  const news = new Map<string, Map<string, Map<number, PersonResult>>>()
  const problems: LineProblem[] = []
  let problemCount = 0
  const tell = (problem: LineProblem) => {
    problemCount += 1
    if (problems.length < mostListed) problems.push(problem)
  }
  try {
    for await (const item of format.records(hashed(readUnchanged(file), hash), { signal })) {
      if (item.value === undefined) for (const problem of item.problems) tell(problem)
      else {
        const fault = use(item.value, places, news)
        if (fault !== null) tell({ line: item.line, sentence: fault })
      }
    }
  } catch (error) {
    if (!(error instanceof SourceRefused)) throw error
    const refusal = { news: new Map(), problems: [error.problem], problemCount: 1, isRefused: true }
    return { digest: hash.digest('hex'), ...refusal }
  }
  return { digest: hash.digest('hex'), news, problems, problemCount, isRefused: false }
}

/** `null`, or why the line is not used. */
function use(
  values: RecordValues,
  places: { get(id: string): Place | undefined },
  news: Map<string, Map<string, Map<number, PersonResult>>>,
): string | null {
  const id = String(values.requestId ?? '')
  const place = places.get(id)
  if (place === undefined) return 'It speaks of a request that was never handed over. Look where it comes from.'
  const result = personResult(values)
  if (result === null) return 'Its status is none that is known. Correct the codes of the return layout.'
  const { personNumber } = values
  const isOne = personNumber !== undefined
  if (isOne && !(Number(personNumber) >= 1 && Number(personNumber) <= place.persons)) {
    return `It speaks of a person whom the request has not: it has ${place.persons}. Look at the file that was handed over.`
  }
  // A line without a number speaks of all of them.
  const numbers = isOne ? [Number(personNumber)] : Array.from({ length: place.persons }, (_, index) => index + 1)
  const requests = news.get(place.file) ?? new Map<string, Map<number, PersonResult>>()
  const persons = requests.get(id) ?? new Map<number, PersonResult>()
  for (const number of numbers) persons.set(number, result)
  news.set(place.file, requests.set(id, persons))
  return null
}

async function* hashed(source: AsyncIterable<Uint8Array>, hash: { update(bytes: Uint8Array): unknown }) {
  for await (const bytes of source) {
    hash.update(bytes)
    yield bytes
  }
}
