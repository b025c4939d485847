import type { CatalogueEntry } from '../entry.ts'

/** The canonical data model: identifiers and the XML form of its messages. */
export const modelErrors = {
  PRV_MODEL_IDENTIFIER: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A text was read as {kind}, but it is none: {rule}',
    remedy: 'Correct the identifier at its source and send the message again.',
  },
} as const satisfies Record<string, CatalogueEntry>
