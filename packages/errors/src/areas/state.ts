import type { CatalogueEntry } from '../entry.ts'

/** What patterns remember: seen messages, attempts, parked keys, cursors. */
export const stateErrors = {
  PRV_STATE_KEY_NOT_PARKED: {
    failureClass: 'operator',
    status: 409,
    text: 'Nothing of that key waits for a decision at the receiver {receiver}, so nothing was released.',
    remedy: 'List the dead letters again: somebody else may have released or settled it meanwhile.',
  },
  PRV_STATE_OTHER_MESSAGE: {
    failureClass: 'operator',
    status: 409,
    text: 'Another message than the one that was decided about is the oldest of that key at the receiver {receiver} by now, so nothing was released.',
    remedy:
      'Show the dead letter again and decide about what waits there now: somebody else has dealt with the one before it.',
  },
  PRV_STATE_CHANGE_TOO_LARGE: {
    failureClass: 'operator',
    status: 413,
    text: 'What was to be written down for the other workers has {bytes} bytes; no more than {limit} are taken over.',
    remedy:
      'Make the body that you have edited smaller, or discard the message and let its sender send it again in parts.',
  },
  PRV_STATE_CHANGE_UNKNOWN: {
    failureClass: 'operator',
    status: 503,
    text: 'Another worker has written down a change of the kind {kind}, which this version does not know; it follows no further.',
    remedy: 'Update Portreeve on this machine to the version of the others, and start it again.',
  },
  PRV_STATE_ROW_DAMAGED: {
    failureClass: 'operator',
    status: 503,
    text: 'A row of {table} in the state database is not what was written there.',
    remedy: 'Stop the broker, keep a copy of the folder as it is, and restore the last sound copy.',
  },
} as const satisfies Record<string, CatalogueEntry>
