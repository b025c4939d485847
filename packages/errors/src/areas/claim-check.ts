import type { CatalogueEntry } from '../entry.ts'

export const claimCheckErrors = {} as const satisfies Record<string, CatalogueEntry>
