import type { CatalogueEntry } from '../entry.ts'

/** The configuration folder: broker.yaml and routes. */
export const configurationErrors = {
  PRV_CONFIGURATION_UNREADABLE: {
    failureClass: 'operator',
    status: 500,
    text: 'The configuration file {file} cannot be read.',
    remedy: 'Check the path and who may read it; name the folder that holds broker.yaml with --config.',
  },
  PRV_CONFIGURATION_INVALID: {
    failureClass: 'operator',
    status: 500,
    text: 'The configuration in {folder} has {count}. The first: {first}',
    remedy:
      'Run portreeve lint to see all of them, with file, line and remedy. A variable that it names has to be set for the broker itself, too.',
  },
} as const satisfies Record<string, CatalogueEntry>
