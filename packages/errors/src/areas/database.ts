import type { CatalogueEntry } from '../entry.ts'

export const databaseErrors = {} as const satisfies Record<string, CatalogueEntry>
