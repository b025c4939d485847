import { createHash } from 'node:crypto'
import type { SubmissionAnswer } from './answer.ts'
import { type Fault, isFault } from './errors.ts'
import type { SubmissionHead } from './write-document.ts'

/** The service keeps its first answer to an id for ever; so a batch that it refused as a whole is judged anew under the next. */
export function submissionId(batchId: string, turn: number): string {
  return `${batchId}-${turn}`
}

/**
 * The id of a batch before there were turns: with eight digits for the header. Nothing is sent under it any more, but a submission
 * may have been open when the broker was upgraded; it counts as turn 0.
 */
export function idBeforeTurns(batchId: string, head: Omit<SubmissionHead, 'at'>): string {
  const header = JSON.stringify([head.billingAuthority, head.billingAuthorityCode])
  return `${batchId}-${createHash('sha256').update(header).digest('hex').slice(0, 8)}`
}

/**
 * Which turn it is for each batch, from 1; only a turn that was refused as a whole is followed by another. Nothing is lost
 * with this memory: the service can be asked for the turns that there were.
 */
export class Turns {
  readonly #known = new Map<string, number>()

  /** `undefined`: of an earlier run there may be some. */
  of(batchId: string): number | undefined {
    return this.#known.get(batchId)
  }

  set(batchId: string, turn: number): void {
    this.#known.set(batchId, turn)
  }

  /** The service takes submissions again. */
  clear(): void {
    this.#known.clear()
  }
}

/** A turn, and what the service said to it. */
export interface Turn {
  readonly turn: number
  readonly answer: SubmissionAnswer
}

/** More than a pause of a second between two turns can make in a week; also where a service ends that knows every id. */
const mostTurns = 2 ** 20

/**
 * The last turn that the service has seen, with ever larger steps from one that it has: there are no gaps. A fault of any look-up
 * is the result.
 */
export async function lastTurn(
  first: Turn,
  lookup: (turn: number) => Promise<SubmissionAnswer | Fault | null>,
): Promise<Turn | Fault> {
  let last = first
  let unseen = mostTurns
  for (let step = 1; unseen - last.turn > 1; step *= 2) {
    const turn = Math.min(last.turn + step, Math.floor((last.turn + unseen) / 2))
    const answer = await lookup(turn)
    if (answer === null) unseen = turn
    else if (isFault(answer)) return answer
    else last = { turn, answer }
  }
  return last
}
