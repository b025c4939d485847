import type { CatalogueEntry } from '../entry.ts'

/** The folders and files of the electoral system. */
export const electoralErrors = {
  PRV_ELECTORAL_FOLDER: {
    failureClass: 'target-down',
    status: 503,
    text: 'The folder {folder} of the electoral system cannot be read and written ({fault}).',
    remedy:
      'Check that the drive is there and that the user of the broker may read and write; it goes on by itself then.',
  },
  PRV_ELECTORAL_LAYOUT: {
    failureClass: 'operator',
    status: 500,
    text: 'The record layout {file} cannot be used by the electoral adapter: {reason}.',
    remedy: 'Name its fields as docs/how-to/declare-a-record-layout.md says.',
  },
  PRV_ELECTORAL_MESSAGE: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The message {id} cannot be written as a line: its {field} breaks the rule {rule} of the layout.',
    remedy: 'Correct the value with portreeve dead-letters edit, or let the layout have room for it.',
  },
  PRV_ELECTORAL_NOT_HANDED_OVER: {
    failureClass: 'target-down',
    status: 503,
    text: 'The message {id} stands in no file that was handed to the electoral system.',
    remedy: 'Nothing is to be done: it is sent again.',
  },
  PRV_ELECTORAL_UNKNOWN: {
    failureClass: 'unknown-outcome',
    status: 504,
    text: 'The drive went away while the file {file} was handed over.',
    remedy: 'Nothing is to be done: once the drive is back, the file is looked for before anything is written again.',
  },
  PRV_ELECTORAL_RETURN_LINES: {
    failureClass: 'message-bad',
    status: 422,
    text: 'In the return file {file}, {count} things could not be used; the other lines were.',
    remedy: 'Read {problemFile} in its subfolder done, and have the lines put right in a new return file.',
  },
  PRV_ELECTORAL_RETURN_FILE: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The return file {file} could not be read as a whole; nothing of it was used.',
    remedy: 'Read {problemFile} in its subfolder refused, and have the file written again.',
  },
} as const satisfies Record<string, CatalogueEntry>
