import type { CatalogueEntry } from '../entry.ts'

/** Patterns: routing, delivery, what is moved aside. */
export const coreErrors = {
  PRV_CORE_OUTCOME_UNKNOWN: {
    failureClass: 'unknown-outcome',
    status: 504,
    text: 'A message was sent to {receiver}, and nobody could say whether it was taken ({fault}).',
    remedy:
      'Retry the dead letter: the receiver is asked first. Where dead-letters show says that it cannot be asked, look there yourself; if it is there, discard it.',
  },
  PRV_CORE_INTERRUPTED: {
    failureClass: 'unknown-outcome',
    status: 504,
    text: 'The broker stopped while a batch was on its way to {receiver}.',
    remedy: 'The receiver is asked what became of it before anything is sent again; nothing is to be done.',
  },
  PRV_CORE_ASKED_AGAIN: {
    failureClass: 'unknown-outcome',
    status: 504,
    text: 'A dead letter that was sent before was let go; {receiver} is asked whether it has it.',
    remedy: 'It is sent only when the receiver says that it is not there; nothing is to be done.',
  },
  PRV_CORE_TRANSLATION: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A message of type {type} cannot be written as {contentType}, which its receiver wants.',
    remedy: 'Look at its body; correct it where it comes from.',
  },
  PRV_CORE_QUEUED_BEHIND: {
    failureClass: 'message-bad',
    status: 409,
    text: 'The message waits for {receiver}, behind an earlier one with the same key that needs a person.',
    remedy: 'Deal with the first dead letter of its key: this one follows by itself, in order.',
  },
  PRV_CORE_ADAPTER_FAULT: {
    failureClass: 'unknown-outcome',
    status: 500,
    text: 'The adapter of {receiver} failed in a way that it should not ({fault}).',
    remedy: 'This is a fault of the adapter, not of the data: report it with this text; the message is kept.',
  },
  PRV_CORE_ADAPTER_OUTCOMES: {
    failureClass: 'unknown-outcome',
    status: 500,
    text: 'The adapter of {receiver} gave {found} outcomes for a batch of {expected} messages.',
    remedy: 'This is a fault of the adapter, not of the data: report it with this text; the messages are kept.',
  },
  PRV_CORE_NOT_CONFIRMED: {
    failureClass: 'operator',
    status: 504,
    text: 'A system was handed a change and has not confirmed it in time.',
    remedy: 'Ask its administrators; when it is done there, say so: portreeve resolve <reference> <system> --done.',
  },
  PRV_CORE_SYSTEM_REMOVED: {
    failureClass: 'operator',
    status: 409,
    text: 'A system was taken out of the configuration before it was done with a change.',
    remedy:
      'See to it there by hand, or decide that it need not be told; then say so: portreeve resolve <reference> <system> --done.',
  },
  PRV_CORE_EXPIRED: {
    failureClass: 'message-bad',
    status: 504,
    text: '{receiver} could not be sent a message within the {hours} hours that it is good for.',
    remedy: 'See whether it still makes sense, then retry or discard it: portreeve dead-letters.',
  },
} as const satisfies Record<string, CatalogueEntry>
