import { PortreeveError } from '@portreeve/errors'
import type { Envelope } from './envelope.ts'

/** More steps than any route has: a message with more of them goes in a circle. */
export const maxSteps = 64

/** What is new about a message that follows from another one. */
export interface ChildAttributes
  extends Pick<Envelope, 'id' | 'source' | 'type' | 'time' | 'dataContentType'>,
    Partial<Pick<Envelope, 'subject' | 'dataSchema' | 'reference' | 'uprn' | 'customer' | 'lgsl' | 'lgil' | 'egms'>>,
    Partial<Pick<Envelope, 'origin' | 'traceParent' | 'traceState' | 'channel'>> {
  /** The step that makes it, as it stands in the Message History, such as `split.valuation`. */
  readonly step: string
}

/**
 * The envelope of a message that follows from `parent`: same transaction, caused by it, one step longer in its history.
 * What describes the parent's body (`subject`, `dataSchema`, `dataContentType`) is not carried over; all else is, unless
 * told anew. Throws PRV_ENVELOPE_LOOP after `maxSteps` steps.
 */
export function childEnvelope(parent: Envelope, { step, ...attributes }: ChildAttributes): Envelope {
  const { subject: _subject, dataSchema: _dataSchema, ...carried } = parent
  const history = parent.history ?? []
  if (history.length >= maxSteps) throw new PortreeveError('PRV_ENVELOPE_LOOP', { step, steps: history.length })
  return {
    ...carried,
    ...attributes,
    correlationId: parent.correlationId,
    causationId: parent.id,
    history: [...history, `${step}@${attributes.time}`],
  }
}
