import type { CatalogueEntry } from '../entry.ts'

/** Mappings: the scripts in config/mappings, and what becomes of a message in them. */
export const mappingsErrors = {
  PRV_MAPPINGS_SCRIPT: {
    failureClass: 'operator',
    status: 500,
    text: 'The mapping {mapping} cannot be used: {fault}',
    remedy: 'Put its script right: portreeve lint says where.',
  },
  PRV_MAPPINGS_STOPPED: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The mapping {mapping} could not map the message: {fault}',
    remedy:
      'Try it on such a message with portreeve try; correct the mapping or the message, then retry the dead letter.',
  },
  PRV_MAPPINGS_LIMIT: {
    failureClass: 'message-bad',
    status: 413,
    text: 'The mapping {mapping} was ended while it mapped the message: it went over a limit ({limit}).',
    remedy: 'Retry the dead letter once; if it happens again, make the mapping simpler or the message smaller.',
  },
  PRV_MAPPINGS_OUTPUT: {
    failureClass: 'message-bad',
    status: 422,
    text: 'What the mapping {mapping} makes of the message is no {type}: {path} breaks the rule {rule}.',
    remedy: 'Correct the mapping or the message, then retry the dead letter.',
  },
  PRV_MAPPINGS_NEIGHBOUR: {
    failureClass: 'target-down',
    status: 503,
    text: 'Nothing of the batch was sent, for another message of it could not be mapped.',
    remedy: 'Nothing is to be done: it goes again at once without that one.',
  },
  PRV_MAPPINGS_THREAD: {
    failureClass: 'operator',
    status: 500,
    text: 'The thread that runs mappings cannot be started ({fault}).',
    remedy: 'Check the memory of the machine and that the installation is whole; what is waiting is sent then.',
  },
} as const satisfies Record<string, CatalogueEntry>
