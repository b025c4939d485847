import type { CatalogueEntry } from '../entry.ts'

/** What back offices of any kind say of a person or a message. */
export const adapterErrors = {
  PRV_ADAPTER_PERSON_NOT_FOUND: {
    failureClass: 'message-bad',
    status: 422,
    text: '{system} has nobody who matches the person of this message.',
    remedy: 'Look for the person there, then say who is meant: portreeve resolve <reference> <system> --person ID.',
  },
  PRV_ADAPTER_PERSON_AMBIGUOUS: {
    failureClass: 'message-bad',
    status: 422,
    text: '{system} has {count} persons who match the person of this message.',
    remedy: 'Say which of the candidates is meant: portreeve resolve <reference> <system> --person ID.',
  },
} as const satisfies Record<string, CatalogueEntry>
