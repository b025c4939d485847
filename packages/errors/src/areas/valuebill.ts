import type { CatalogueEntry } from '../entry.ts'

export const valuebillErrors = {} as const satisfies Record<string, CatalogueEntry>
