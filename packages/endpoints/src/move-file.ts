import { mkdir, open, rename, unlink } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { fromFileFault } from './file-faults.ts'
import { syncFolder } from './sync-folder.ts'

/**
 * Moves a file into a folder of the same disk without ever replacing another one: on a clash the name gets a number.
 * Flushed, names included, when it resolves with the new path. Resolves with `null` when the file is gone already.
 * Rejects with `PRV_ENDPOINTS_DISK_FULL`, `PRV_ENDPOINTS_FILE_…`; the file stays where it is then.
 */
export async function moveFile(path: string, folder: string): Promise<string | null> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const target = await reserveName(path, folder)
    try {
      await rename(path, target)
    } catch (fault) {
      await unlink(target)
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw fault
    }
    // A rename is one step for every file system that keeps a journal: with the new name on disk, the old one is gone.
    await syncFolder(folder)
    return target
  } catch (fault) {
    throw fromFileFault(fault, path, 'move')
  }
}

/**
 * The first free name, held by an empty file of ours that the rename replaces. A hard link would need no such file, but
 * network drives have none, and Linux allows none to another user's file.
 */
async function reserveName(path: string, folder: string): Promise<string> {
  const { name, ext } = parse(path)
  for (let number = 1; ; number += 1) {
    const target = join(folder, number === 1 ? `${name}${ext}` : `${name} (${number})${ext}`)
    try {
      await using _held = await open(target, 'wx', 0o600)
      return target
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
    }
  }
}
