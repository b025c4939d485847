import { createHash, randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Claim } from './claim.ts'
import { fromFileSystem, onDisk } from './faults.ts'
import { incomingFolder } from './folder-format.ts'

/** A body that is whole and flushed, but has no name in the store yet. */
export interface IncomingBody extends Claim {
  readonly path: string
}

/**
 * Writes a body as it comes, one chunk in memory at a time. `admit` is told of each chunk's bytes before they are
 * written and may throw. Whatever goes wrong, here or in the source, leaves no file behind.
 */
export async function receiveBody(
  folder: string,
  source: AsyncIterable<Uint8Array>,
  admit: (bytes: number) => void,
): Promise<IncomingBody> {
  const path = join(folder, incomingFolder, randomUUID())
  const file = await onDisk(folder, () => open(path, 'wx', 0o600))
  const hash = createHash('sha256')
  let sizeBytes = 0
  try {
    try {
      for await (const chunk of source) {
        admit(chunk.byteLength)
        hash.update(chunk)
        sizeBytes += chunk.byteLength
        await onDisk(folder, () => file.writeFile(chunk))
      }
      await onDisk(folder, () => file.sync())
    } finally {
      await onDisk(folder, () => file.close())
    }
  } catch (error) {
    await discard(path, folder, error)
    throw error
  }
  return { path, sizeBytes, digest: hash.digest('hex') }
}

/** When even the removal fails, both faults are told; the next open removes the file. */
async function discard(path: string, folder: string, reason: unknown): Promise<void> {
  try {
    await rm(path, { force: true })
  } catch (error) {
    throw fromFileSystem(new AggregateError([reason, error], `not removed: ${String(error)}`), folder)
  }
}
