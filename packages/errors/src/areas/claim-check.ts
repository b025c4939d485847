import type { CatalogueEntry } from '../entry.ts'

/** Large bodies by content address. */
export const claimCheckErrors = {
  PRV_CLAIM_CHECK_UNKNOWN: {
    failureClass: 'operator',
    status: 404,
    text: 'There is no staged body with the digest {digest}.',
    remedy: 'Check the digest; a body that retention has removed must be handed in again.',
  },
  PRV_CLAIM_CHECK_DAMAGED: {
    failureClass: 'operator',
    status: 500,
    text: 'The staged body {digest} is damaged: its bytes have the digest {found}.',
    remedy:
      'Check the disk; hand the same file in again, which replaces the damaged copy, or restore it from a backup.',
  },
  PRV_CLAIM_CHECK_FULL: {
    failureClass: 'operator',
    status: 507,
    text: 'The staged bodies in {folder} may take {maxBytes} bytes, and one more does not fit.',
    remedy: 'Raise maxBytes, or shorten the retention of staged bodies; nothing of the refused body was kept.',
  },
  PRV_CLAIM_CHECK_DISK_FULL: {
    failureClass: 'operator',
    status: 507,
    text: 'The disk took no more data for {folder} ({fault}).',
    remedy: 'Make space, or raise the quota or the file-size limit; nothing of the refused body was kept.',
  },
  PRV_CLAIM_CHECK_DISK_FAILED: {
    failureClass: 'operator',
    status: 503,
    text: 'The disk failed while {folder} was being used ({fault}).',
    remedy: 'Check the disk and the system log; stop the broker and start it again once the disk is sound.',
  },
  PRV_CLAIM_CHECK_READ_ONLY: {
    failureClass: 'operator',
    status: 503,
    text: 'The folder {folder} may not be used as it must be ({fault}).',
    remedy: 'Give the user that runs the broker the right to read and write the folder, or mount the disk for writing.',
  },
  PRV_CLAIM_CHECK_FAILED: {
    failureClass: 'operator',
    status: 500,
    text: 'The folder {folder} could not be used ({fault}).',
    remedy: 'Check the path and the limits of the process (open files); start the broker again afterwards.',
  },
  PRV_CLAIM_CHECK_FOREIGN: {
    failureClass: 'operator',
    status: 503,
    text: 'The folder {folder} holds other files and is no store of staged bodies.',
    remedy: 'Check the path in the configuration, or give an empty folder. Nothing was changed.',
  },
  PRV_CLAIM_CHECK_NEWER: {
    failureClass: 'operator',
    status: 503,
    text: 'The folder {folder} has format {found}, but this release knows formats up to {known} only.',
    remedy: 'Start the release that wrote it, or a later one. Nothing was changed.',
  },
} as const satisfies Record<string, CatalogueEntry>
