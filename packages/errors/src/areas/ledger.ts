import type { CatalogueEntry } from '../entry.ts'

export const ledgerErrors = {} as const satisfies Record<string, CatalogueEntry>
