import { access } from 'node:fs/promises'

export async function isThere(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw fault
  }
}
