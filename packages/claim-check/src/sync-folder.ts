import { open } from 'node:fs/promises'

/** Makes names made or changed in the folder durable. Windows has no such call: NTFS journals names by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
