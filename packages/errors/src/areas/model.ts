import type { CatalogueEntry } from '../entry.ts'

/** The canonical data model: identifiers and the XML form of its messages. */
export const modelErrors = {
  PRV_MODEL_IDENTIFIER: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A text was read as {kind}, but it is none: {rule}',
    remedy: 'Correct the identifier at its source and send the message again.',
  },
  PRV_MODEL_XML: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A canonical message was read as XML, but of its element {path} it must be said: {problem}.',
    remedy: 'Hold the message against the XSD in schemas/canonical, correct it and send it again.',
  },
} as const satisfies Record<string, CatalogueEntry>
