import type { Envelope } from './envelope.ts'
import { withStep } from './message-history.ts'

/** What is new about a message that follows from another one. */
export interface ChildAttributes
  extends Pick<Envelope, 'id' | 'source' | 'type' | 'time' | 'dataContentType'>,
    Partial<Pick<Envelope, 'subject' | 'dataSchema' | 'reference' | 'uprn' | 'customer' | 'lgsl' | 'lgil' | 'egms'>>,
    Partial<Pick<Envelope, 'origin' | 'traceParent' | 'traceState' | 'channel' | 'configuration'>>,
    Partial<Pick<Envelope, 'replayOf' | 'replayTo' | 'replayAgain'>> {
  /** The step that makes it, as it stands in the Message History, such as `split.valuation`. */
  readonly step: string
}

/**
 * The envelope of a message that follows from `parent`: same transaction, caused by it, one step longer in its history.
 * What describes the parent's body (`subject`, `dataSchema`, `dataContentType`), what it was made under, and that it was a
 * replay is not carried over; all else is, unless told anew. Throws PRV_ENVELOPE_LOOP after `maxSteps` steps.
 */
export function childEnvelope(parent: Envelope, { step, ...attributes }: ChildAttributes): Envelope {
  const { subject: _subject, dataSchema: _dataSchema, configuration: _configuration, ...rest } = parent
  const { replayOf: _of, replayTo: _to, replayAgain: _again, ...carried } = rest
  return {
    ...carried,
    ...attributes,
    correlationId: parent.correlationId,
    causationId: parent.id,
    history: withStep(parent.history, step, attributes.time),
  }
}
