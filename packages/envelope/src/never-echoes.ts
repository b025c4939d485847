import type { Envelope } from './envelope.ts'

/** Whether the message may go to this receiver: an update never goes back to where it came from. */
export function neverEchoes(envelope: Pick<Envelope, 'origin'>, receiverLabel: string): boolean {
  return envelope.origin !== receiverLabel
}
