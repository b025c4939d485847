import type { CatalogueEntry } from '../entry.ts'

/** Registers that are kept as files. */
export const registersErrors = {
  PRV_REGISTERS_NO_FILE: {
    failureClass: 'operator',
    status: 503,
    text: 'The register file {file} is not there, or is no plain file.',
    remedy:
      'Put it there, or correct its name in the configuration. What was read before is answered from meanwhile; without that, transactions wait.',
  },
  PRV_REGISTERS_FILE: {
    failureClass: 'operator',
    status: 503,
    text: 'The register file {file} cannot be used; line {line}, {column}: {rule}.',
    remedy:
      'Have it exported again, whole. What was read before is answered from meanwhile; without that, transactions wait.',
  },
  PRV_REGISTERS_TOO_LONG: {
    failureClass: 'operator',
    status: 503,
    text: 'The register file {file} has more than {maxRecords} records, so it was not read.',
    remedy: 'Check that it is the right file; raise maxRecords if this machine has the memory.',
  },
  PRV_REGISTERS_NOT_KEPT: {
    failureClass: 'operator',
    status: 501,
    text: '{system} was asked about {kind}, and no file of them is configured.',
    remedy: 'Name addressesFile or personsFile, or ask another register.',
  },
} as const satisfies Record<string, CatalogueEntry>
