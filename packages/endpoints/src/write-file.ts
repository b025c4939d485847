import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fromFileFault } from './file-faults.ts'
import { syncFolder } from './sync-folder.ts'

/**
 * Writes a whole file or none: under a temporary name, flushed, then renamed. Replaces a file of that name, so writing
 * the same again changes nothing. Rejects with `PRV_ENDPOINTS_DISK_FULL`, `…_FILE_NOT_WRITABLE`, `…_FILE_NOT_ALLOWED`, `…_FILE_FAILED`.
 */
export async function writeWholeFile(folder: string, name: string, body: Uint8Array | string): Promise<void> {
  const path = join(folder, name)
  const temporary = join(folder, `.${process.pid}-${name}.part`)
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    {
      await using handle = await open(temporary, 'w', 0o600)
      await handle.writeFile(body)
      await handle.sync()
    }
    await rename(temporary, path)
    await syncFolder(folder)
    // The folder may be new, made here or by a process that was killed right then.
    await syncFolder(dirname(folder))
  } catch (fault) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw fromFileFault(fault, path, 'write')
  }
}
