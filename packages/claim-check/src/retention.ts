import { bodyPath, bodyStat, removeBody, walkBodies } from './body-files.ts'
import type { Space } from './space.ts'

/** Which bodies may go: those that nobody holds any more and that were staged long enough ago. */
export interface Retention {
  /** Asked for each old body: is there still a message that needs it? */
  readonly isHeld: (digest: string) => boolean
  /** Bodies staged at this moment or later stay: their message may not have been written yet. */
  readonly stagedBefore: Date
}

export async function removeUnheld(folder: string, retention: Retention, space: Space): Promise<number> {
  let removed = 0
  for await (const { claim } of walkBodies(folder)) {
    if (claim === null || claim.stagedAt >= retention.stagedBefore || retention.isHeld(claim.digest)) continue
    await space.exclusively(async () => {
      const place = bodyPath(folder, claim.digest)
      const now = await bodyStat(place)
      if (now === null || now.stagedAt >= retention.stagedBefore) return
      space.giveBack((await removeBody(place)) ?? 0)
      removed += 1
    })
  }
  return removed
}
