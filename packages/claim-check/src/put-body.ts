import { rm } from 'node:fs/promises'
import { bodyPath, bodyStat, fileBody } from './body-files.ts'
import type { Claim } from './claim.ts'
import { onDisk } from './faults.ts'
import { receiveBody } from './incoming-body.ts'
import type { Space } from './space.ts'

/** Writes the body aside, flushes it, then gives it its name. */
export async function putBody(folder: string, source: AsyncIterable<Uint8Array>, space: Space): Promise<Claim> {
  let takenBytes = 0
  try {
    const { path, digest, sizeBytes } = await receiveBody(folder, source, (bytes) => {
      space.take(bytes)
      takenBytes += bytes
    })
    await onDisk(folder, () =>
      space.exclusively(async () => {
        const place = bodyPath(folder, digest)
        const replaced = await bodyStat(place)
        try {
          await fileBody(path, place)
        } finally {
          await rm(path, { force: true })
        }
        takenBytes = replaced?.sizeBytes ?? 0
      }),
    )
    return { digest, sizeBytes }
  } finally {
    space.giveBack(takenBytes)
  }
}
