import type { PairState } from './pair-state.ts'

interface Told {
  readonly receiver: string
  readonly state: PairState
  readonly code: string | null
  readonly reason: string | null
  readonly proof: string | null
}

/** Code of a replay that came to a receiver which had the message already. */
export const repeated = 'PRV_BROKER_REPLAY_DELIVERED_BEFORE'

/**
 * Who has the message and what happens next: for people who never saw the inside. When it was so stands beside the
 * sentence, in the reader's own time zone. `isRefusal`: the message itself tells of something refused.
 */
export function pairSentence({ receiver, state, code, reason, proof }: Told, { isRefusal = false } = {}): string {
  const why = code === null ? '' : ` (${reason === null || reason === '' ? code : `${code}: ${reason}`})`
  switch (state) {
    case 'waiting':
      return code === null
        ? `Waits for ${receiver}; it goes with one of the next batches.`
        : `Waits for ${receiver}; the last try did not get through${why}, it is tried again.`
    case 'delivered':
      if (code === repeated) return `${receiver} had it already${under(proof)}; it was not sent there again.`
      if (isRefusal) return `${receiver} was told that it is refused.`
      return `${receiver} has it${under(proof)}; nothing more is to be done.`
    case 'refused':
      return `${receiver} refused it${why}; the same again would be refused again, so it must be put right at its source.`
    case 'unknown':
      return `It was sent to ${receiver}, which has not said whether it took it${why}; it is asked before anything is sent again.`
    case 'parked':
      return `Held back from ${receiver}${why}; a person must decide.`
    case 'discarded':
      return `Not sent to ${receiver}: a person discarded it${reason === null ? '' : ` (${reason})`}.`
    case 'not-concerned':
      return `Not meant for ${receiver}; nothing is to be done.`
  }
}

function under(proof: string | null): string {
  return proof === null || proof === 'written' ? '' : `, under ${proof}`
}
