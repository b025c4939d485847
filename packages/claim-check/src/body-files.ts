import { mkdir, opendir, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDigest, type StagedClaim } from './claim.ts'
import { isAbsent } from './faults.ts'
import { syncFolder } from './sync-folder.ts'

/** `ab/cd…`: 256 folders, so that none grows beyond what file systems list quickly. */
export function bodyPath(folder: string, digest: string): string {
  return join(folder, digest.slice(0, 2), digest.slice(2))
}

/** Gives a flushed file its name, durably. A body of the same digest is replaced by it: the same bytes, but surely sound. */
export async function fileBody(incomingPath: string, path: string): Promise<void> {
  const shelf = dirname(path)
  const made = await mkdir(shelf, { recursive: true, mode: 0o700 })
  await rename(incomingPath, path)
  await syncFolder(shelf)
  if (made !== undefined) await syncFolder(dirname(shelf))
}

/** Returns the bytes given back, or `null` when there was no such body. */
export async function removeBody(path: string): Promise<number | null> {
  try {
    const { size } = await stat(path)
    await unlink(path)
    return size
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

export async function bodyStat(path: string): Promise<{ sizeBytes: number; stagedAt: Date } | null> {
  try {
    const { size, mtime } = await stat(path)
    return { sizeBytes: size, stagedAt: mtime }
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

/** Every file below the shelves, in no particular order: its path relative to the folder, and its claim when it is one. */
export async function* walkBodies(folder: string): AsyncGenerator<{ file: string; claim: StagedClaim | null }> {
  for await (const shelf of await opendir(folder)) {
    if (!shelf.isDirectory() || !/^[0-9a-f]{2}$/.test(shelf.name)) continue
    for await (const entry of await opendir(join(folder, shelf.name))) {
      const file = join(shelf.name, entry.name)
      const digest = shelf.name + entry.name
      const found = entry.isFile() && isDigest(digest) ? await bodyStat(join(folder, file)) : undefined
      // Removed by somebody between the listing and the look at it.
      if (found === null) continue
      yield { file, claim: found === undefined ? null : { digest, ...found } }
    }
  }
}
