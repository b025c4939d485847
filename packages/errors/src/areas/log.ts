import type { CatalogueEntry } from '../entry.ts'

/** The durable log, whichever engine stands behind it. */
export const logErrors = {
  PRV_LOG_CLOSED: {
    failureClass: 'operator',
    status: 503,
    text: 'The log is closed, so {operation} was not done.',
    remedy: 'Open the log again; a closed log stays closed.',
  },
} as const satisfies Record<string, CatalogueEntry>
