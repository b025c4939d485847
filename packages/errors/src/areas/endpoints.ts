import type { CatalogueEntry } from '../entry.ts'

export const endpointsErrors = {} as const satisfies Record<string, CatalogueEntry>
