import { link, mkdir, open, unlink } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { fromFileFault } from './file-faults.ts'

/**
 * Moves a file into a folder of the same disk without ever replacing another one: on a clash the name gets a number.
 * Flushed, names included, when it resolves with the new path. Resolves with `null` when the file is gone already.
 */
export async function moveFile(path: string, folder: string): Promise<string | null> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const { name, ext } = parse(path)
    for (let number = 1; ; number += 1) {
      const target = join(folder, number === 1 ? `${name}${ext}` : `${name} (${number})${ext}`)
      try {
        await link(path, target)
      } catch (fault) {
        const { code } = fault as NodeJS.ErrnoException
        if (code === 'EEXIST') continue
        if (code === 'ENOENT') return null
        throw fault
      }
      await syncFolder(folder)
      await unlink(path)
      await syncFolder(dirname(path))
      return target
    }
  } catch (fault) {
    throw fromFileFault(fault, path, 'move')
  }
}

/** Makes the names in a folder durable; systems that cannot flush a folder do it by themselves. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await using handle = await open(folder, 'r')
  await handle.sync()
}
