import type { BoroughOptions } from '../../system/support/borough.ts'

/** Several batches of a file; the VOA refuses some reports on business grounds, and with each the batch that it is in. */
export const journeySettings = {
  maxMessages: 12,
  voa: { refuse: { '7': '1006', '57': '1006' } },
} satisfies BoroughOptions
