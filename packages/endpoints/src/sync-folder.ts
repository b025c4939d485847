import { open } from 'node:fs/promises'

const cannot = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR', 'EPERM', 'EACCES'])

/**
 * Makes the names in a folder durable. Systems and network drives that cannot flush a folder do it in their own way, and one
 * that may not be read, such as what an inbox lies in, is somebody else's and older.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  try {
    await using handle = await open(folder, 'r')
    await handle.sync()
  } catch (fault) {
    if (!cannot.has((fault as NodeJS.ErrnoException).code ?? '')) throw fault
  }
}
