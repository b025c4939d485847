import { PortreeveError } from '@portreeve/errors'
import { walkBodies } from './body-files.ts'

/** Counts the bytes of the store, those of bodies that are only coming in too, against its limit. */
export interface Space {
  usedBytes(): number
  /** Throws `PRV_CLAIM_CHECK_FULL`; then nothing was taken. */
  take(bytes: number): void
  giveBack(bytes: number): void
  /**
   * One at a time: naming and removing. Otherwise retention could remove a body that was handed in again between the
   * look at its age and the removal.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>
}

export async function spaceOf(options: { readonly folder: string; readonly maxBytes?: number }): Promise<Space> {
  const { folder, maxBytes = Number.POSITIVE_INFINITY } = options
  let used = 0
  for await (const { claim } of walkBodies(folder)) used += claim?.sizeBytes ?? 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    usedBytes: () => used,
    take(bytes) {
      if (used + bytes > maxBytes) throw new PortreeveError('PRV_CLAIM_CHECK_FULL', { folder, maxBytes })
      used += bytes
    },
    giveBack(bytes) {
      used -= bytes
    },
    exclusively(work) {
      const mine = last.then(work)
      // The next one waits for the end of this one, however it ends; `mine` carries the error to its caller.
      last = mine.then(
        () => undefined,
        () => undefined,
      )
      return mine
    },
  }
}
