import type { CatalogueEntry } from '../entry.ts'

export const configurationErrors = {} as const satisfies Record<string, CatalogueEntry>
