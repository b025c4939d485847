import type { PairState } from './pair-state.ts'

interface Told {
  readonly receiver: string
  readonly state: PairState
  readonly since: Date
  readonly code: string | null
  readonly reason: string | null
  readonly proof: string | null
}

/** Who has the message, since when, and what happens next: for people who never saw the inside. Times are UTC. */
export function pairSentence({ receiver, state, since, code, reason, proof }: Told): string {
  const at = plainTime(since)
  const why = code === null ? '' : ` (${reason === null || reason === '' ? code : `${code}: ${reason}`})`
  switch (state) {
    case 'waiting':
      return code === null
        ? `Waits for ${receiver} since ${at}; it goes with one of the next batches.`
        : `Waits for ${receiver} since ${at}; the last try did not get through${why}, it is tried again.`
    case 'delivered':
      return `${receiver} has it since ${at}${proof === null ? '' : `, under ${proof}`}; nothing more is to be done.`
    case 'refused':
      return `${receiver} refused it at ${at}${why}; the same again would be refused again, so it must be put right at its source.`
    case 'unknown':
      return `It was sent to ${receiver}, which has not said since ${at} whether it took it${why}; it is asked before anything is sent again.`
    case 'parked':
      return `Held back from ${receiver} since ${at}${why}; a person must decide.`
    case 'not-concerned':
      return `Not meant for ${receiver}; nothing is to be done.`
  }
}

/** `2026-03-01 09:30:00 UTC` */
export function plainTime(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
