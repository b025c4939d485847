import { open } from 'node:fs/promises'

const cannot = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR', 'EPERM'])

/** Makes the names in a folder durable; systems and network drives that cannot flush a folder do it in their own way. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await using handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (fault) {
    if (!cannot.has((fault as NodeJS.ErrnoException).code ?? '')) throw fault
  }
}
