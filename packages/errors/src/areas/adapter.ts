import type { CatalogueEntry } from '../entry.ts'

export const adapterErrors = {} as const satisfies Record<string, CatalogueEntry>
