import type { CatalogueEntry } from '../entry.ts'

/** The inbox of the revenues system. */
export const revenuesErrors = {
  PRV_REVENUES_INBOX: {
    failureClass: 'operator',
    status: 503,
    text: 'The inbox {folder} cannot be read and written ({fault}).',
    remedy: 'Check that the folder is there and that the user of the broker may read and write in it.',
  },
  PRV_REVENUES_WAITS: {
    failureClass: 'overload',
    status: 503,
    text: 'Nothing is wrong with this message, but one before it could not be written as an answer.',
    remedy: 'Nothing is to be done: it is written again by itself.',
  },
  PRV_REVENUES_MESSAGE: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A message does not say which file it speaks of, so no answer could be written.',
    remedy: 'Look at the message with portreeve dead-letters show; it needs fileName and digest.',
  },
} as const satisfies Record<string, CatalogueEntry>
