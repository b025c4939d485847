import type { CatalogueEntry } from '../entry.ts'

export const stateErrors = {} as const satisfies Record<string, CatalogueEntry>
