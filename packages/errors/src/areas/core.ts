import type { CatalogueEntry } from '../entry.ts'

export const coreErrors = {} as const satisfies Record<string, CatalogueEntry>
