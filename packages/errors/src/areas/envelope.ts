import type { CatalogueEntry } from '../entry.ts'

/** The Envelope Wrapper: what stands in a record's headers, and the reference numbers that people read out. */
export const envelopeErrors = {
  PRV_ENVELOPE_SPECVERSION: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A record was read as a CloudEvent, but its ce_specversion is {specVersion}, not 1.0.',
    remedy: 'Send it as CloudEvents 1.0 in Kafka binary mode, or take it off this topic.',
  },
  PRV_ENVELOPE_STRUCTURED: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A record holds a CloudEvent in structured mode, its attributes inside of its value; here they stand in the headers.',
    remedy: 'Let the sender write CloudEvents in Kafka binary mode.',
  },
  PRV_ENVELOPE_MISSING: {
    failureClass: 'message-bad',
    status: 422,
    text: 'An envelope lacks {attribute}, which every message must have.',
    remedy: 'Let the sender fill it in and send the message again.',
  },
  PRV_ENVELOPE_ATTRIBUTE: {
    failureClass: 'message-bad',
    status: 422,
    text: 'An envelope has a wrong {attribute}: it must be {rule}.',
    remedy: 'Let the sender correct it and send the message again.',
  },
  PRV_ENVELOPE_DUPLICATE: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A record has the header {header} twice, so it cannot be told which one holds.',
    remedy: 'Let the sender write each header once and send the message again.',
  },
  PRV_ENVELOPE_NOT_TEXT: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The header {header} of a record is not UTF-8 text.',
    remedy: 'Let the sender write its headers in UTF-8 and send the message again.',
  },
  PRV_ENVELOPE_TOO_LARGE: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The envelope of a message takes {bytes} bytes, more than the {maxBytes} that a record may carry in its headers.',
    remedy: 'Move what is long into the body of the message.',
  },
  PRV_ENVELOPE_LOOP: {
    failureClass: 'message-bad',
    status: 508,
    text: 'A message was about to pass step {step}, but it has passed {steps} steps already: the routes send it in a circle.',
    remedy: 'Look at its history for the steps that repeat, and change the route that sends it back.',
  },
  PRV_ENVELOPE_REFERENCE: {
    failureClass: 'message-bad',
    status: 400,
    text: 'A reference number was read, but {problem}.',
    remedy: 'Compare it with the letter or screen that it comes from, character by character.',
  },
} as const satisfies Record<string, CatalogueEntry>
