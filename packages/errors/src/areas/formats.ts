import type { CatalogueEntry } from '../entry.ts'

export const formatsErrors = {} as const satisfies Record<string, CatalogueEntry>
