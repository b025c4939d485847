import type { CatalogueEntry } from '../entry.ts'

/** Where every message is. */
export const ledgerErrors = {
  PRV_LEDGER_ROW_DAMAGED: {
    failureClass: 'operator',
    status: 503,
    text: 'The ledger holds a state that does not exist: {found}.',
    remedy: 'Stop the broker and remove the file of the ledger: it is made anew from the log at the next start.',
  },
} as const satisfies Record<string, CatalogueEntry>
