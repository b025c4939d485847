import type { CatalogueEntry } from '../entry.ts'

export const envelopeErrors = {} as const satisfies Record<string, CatalogueEntry>
