import type { CatalogueEntry } from '../entry.ts'

/** SQLite files: the embedded log, state, ledger. */
export const databaseErrors = {
  PRV_DATABASE_NEWER: {
    failureClass: 'operator',
    status: 503,
    text: 'The database {path} has format {found}, but this release knows formats up to {known} only.',
    remedy: 'Start the release that wrote it, or a later one. Nothing was changed.',
  },
  PRV_DATABASE_FOREIGN: {
    failureClass: 'operator',
    status: 503,
    text: 'The file {path} is a database of another kind (application id {found}, expected {expected}).',
    remedy: 'Check the path in the configuration: it points to the file of something else. Nothing was changed.',
  },
  PRV_DATABASE_DISK_FULL: {
    failureClass: 'operator',
    status: 503,
    text: 'The disk took no more data for {path} ({fault}).',
    remedy:
      'Make space, or raise the quota or the file-size limit; nothing half-written is kept, so just go on afterwards.',
  },
  PRV_DATABASE_DISK_FAILED: {
    failureClass: 'operator',
    status: 503,
    text: 'The disk failed while {path} was being used ({fault}).',
    remedy: 'Check the disk and the system log; stop the broker and start it again once the disk is sound.',
  },
  PRV_DATABASE_BUSY: {
    failureClass: 'target-down',
    status: 503,
    text: 'The database {path} cannot be held still while it is being read.',
    remedy: 'Try again in a moment.',
  },
  PRV_DATABASE_DAMAGED: {
    failureClass: 'operator',
    status: 503,
    text: 'The database {path} is damaged ({fault}).',
    remedy: 'Stop the broker, keep a copy of the folder as it is, and restore the last sound copy.',
  },
  PRV_DATABASE_READ_ONLY: {
    failureClass: 'operator',
    status: 503,
    text: 'The database {path} cannot be written ({fault}).',
    remedy: 'Give the user that runs the broker the right to write the folder, or mount the disk for writing.',
  },
  PRV_DATABASE_OWNED: {
    failureClass: 'operator',
    status: 503,
    text: 'The database {path} is in use by another process ({fault}).',
    remedy: 'Only one process may own a data folder: stop the other one, or give this one a folder of its own.',
  },
  PRV_DATABASE_UNREACHABLE: {
    failureClass: 'operator',
    status: 503,
    text: 'The database {path} cannot be opened ({fault}).',
    remedy: 'Check that the folder exists and that the user that runs the broker may enter it.',
  },
  PRV_DATABASE_CONSTRAINT: {
    failureClass: 'operator',
    status: 500,
    text: 'A rule of the database {path} refused a change ({fault}).',
    remedy: 'This is a fault of the program, not of the data: report it with this text. Nothing was changed.',
  },
  PRV_DATABASE_FAILED: {
    failureClass: 'operator',
    status: 500,
    text: 'The database {path} failed ({fault}).',
    remedy: 'Stop the broker and start it again; when it happens again, report it with this text.',
  },
  PRV_DATABASE_CLOSED: {
    failureClass: 'operator',
    status: 503,
    text: 'The database {path} is closed.',
    remedy: 'Open it again; a closed database stays closed.',
  },
} as const satisfies Record<string, CatalogueEntry>
