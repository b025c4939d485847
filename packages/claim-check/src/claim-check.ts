import { bodyPath, bodyStat, removeBody, walkBodies } from './body-files.ts'
import { checkBodies } from './check-bodies.ts'
import { type Claim, type ClaimProblem, isDigest, type StagedClaim } from './claim.ts'
import { onDisk } from './faults.ts'
import { prepareFolder } from './folder-format.ts'
import { putBody } from './put-body.ts'
import { type Retention, removeUnheld } from './retention.ts'
import { type Space, spaceOf } from './space.ts'
import { verifiedRead } from './verified-read.ts'

export interface ClaimCheckOptions {
  /** Made when absent. */
  readonly folder: string
  /** Others may have it open, too. Default false: opening throws away what another one is still writing. */
  readonly isShared?: boolean
  /** Most bytes of all bodies together; then `PRV_CLAIM_CHECK_FULL`. Default: no limit but the disk's. */
  readonly maxBytes?: number
}

/**
 * Claim Check (EIP): bodies too large for a message, by content address. Every method may be called from several
 * places at once, and rejects with `PRV_CLAIM_CHECK_DISK_FULL`, `…_DISK_FAILED`, `…_READ_ONLY`, `…_FAILED` when the
 * file system does not do its part.
 */
export interface ClaimCheck {
  /**
   * Stages a body: flushed to disk, name included, when it resolves. The same bytes give the same claim and take no
   * more room; they also renew its age and replace a damaged copy. What the source throws comes through as it is.
   * Rejected means: nothing of the body was kept. Also rejects with `PRV_CLAIM_CHECK_FULL`.
   */
  put(source: AsyncIterable<Uint8Array>): Promise<Claim>
  /**
   * Reads a body in chunks of at most 256 KiB. Throws `PRV_CLAIM_CHECK_UNKNOWN` before the first, and
   * `PRV_CLAIM_CHECK_DAMAGED` after the last one: keep nothing that follows from a body before its end.
   */
  get(digest: string): AsyncIterable<Uint8Array>
  has(digest: string): Promise<boolean>
  /** Returns false when there was none. Who reads the body at that moment reads it to its end. */
  remove(digest: string): Promise<boolean>
  /** Removes the bodies that retention lets go, and returns how many they were. */
  removeUnheld(retention: Retention): Promise<number>
  /** In no particular order. */
  list(): AsyncIterable<StagedClaim>
  /** Of all bodies together, those that are only coming in too. */
  sizeBytes(): number
  /** Reads every body and says which are damaged or are no bodies at all; empty when all is well. Changes nothing. */
  check(): Promise<readonly ClaimProblem[]>
}

/**
 * Opens the store and removes what a crash left half written.
 *
 * Rejects with `PRV_CLAIM_CHECK_FOREIGN`, `PRV_CLAIM_CHECK_NEWER`, and as the methods do.
 */
export async function openClaimCheck(options: ClaimCheckOptions): Promise<ClaimCheck> {
  const { folder, isShared = false } = options
  await onDisk(folder, () => prepareFolder(folder, isShared))
  const space = await onDisk(folder, () => spaceOf(options))
  return {
    put: (source) => putBody(folder, source, space),
    get: (digest) => verifiedRead(digest, folder),
    has: (digest) =>
      onDisk(folder, async () => isDigest(digest) && (await bodyStat(bodyPath(folder, digest))) !== null),
    remove: (digest) => onDisk(folder, () => remove(folder, digest, space)),
    removeUnheld: (retention) => onDisk(folder, () => removeUnheld(folder, retention, space)),
    async *list() {
      for await (const { claim } of walkBodies(folder)) if (claim !== null) yield claim
    },
    sizeBytes: () => space.usedBytes(),
    check: () => onDisk(folder, () => checkBodies(folder)),
  }
}

async function remove(folder: string, digest: string, space: Space): Promise<boolean> {
  if (!isDigest(digest)) return false
  const sizeBytes = await space.exclusively(() => removeBody(bodyPath(folder, digest)))
  space.giveBack(sizeBytes ?? 0)
  return sizeBytes !== null
}
