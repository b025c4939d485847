import { PortreeveError } from '@portreeve/errors'

/** How far a document has been split: kept as metadata of the consumer's position, in the write set of each chunk. */
export interface SplitProgress {
  /** Index of the first record that has not been published. */
  readonly next: number
  readonly reports: number
  readonly refused: number
}

export const atStart: SplitProgress = { next: 0, reports: 0, refused: 0 }

export function writeProgress(progress: SplitProgress): string {
  return JSON.stringify(progress)
}

/** Rejects with `PRV_BROKER_SPLIT_PROGRESS` what it did not write. */
export function readProgress(metadata: string): SplitProgress {
  const value: unknown = parse(metadata)
  if (isProgress(value)) return value
  throw new PortreeveError('PRV_BROKER_SPLIT_PROGRESS', { metadata: metadata.slice(0, 80) })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isProgress(value: unknown): value is SplitProgress {
  if (typeof value !== 'object' || value === null) return false
  const { next, reports, refused } = value as Partial<Record<keyof SplitProgress, unknown>>
  return [next, reports, refused].every((count) => Number.isSafeInteger(count))
}
