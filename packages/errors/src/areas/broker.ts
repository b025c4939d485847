import type { CatalogueEntry } from '../entry.ts'

export const brokerErrors = {} as const satisfies Record<string, CatalogueEntry>
