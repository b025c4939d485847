import type { CatalogueEntry } from '../entry.ts'

/** A CRM that speaks Open311. */
export const crmOpen311Errors = {
  PRV_CRM_OPEN311_PENDING: {
    failureClass: 'unknown-outcome',
    status: 504,
    text: '{system} has the message in hand and did not say in time what became of it ({fault}).',
    remedy: 'It is asked again by itself; if it goes on, call its operator.',
  },
} as const satisfies Record<string, CatalogueEntry>
