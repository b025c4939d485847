import { link, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a small file for its owner alone, and puts it in its place once it is on disk: whoever reads finds the old one or the new. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const part = `${file}.part`
  await writeFlushed(part, text)
  await rename(part, file)
  await flushFolderOf(file)
}

/** Gives a file that is on disk a second name, unless somebody has that name already. */
export async function linkDurably(existing: string, file: string): Promise<void> {
  try {
    await link(existing, file)
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (!isThere) throw error
  }
  await flushFolderOf(file)
}

async function flushFolderOf(file: string): Promise<void> {
  if (process.platform === 'win32') return
  await using folder = await open(dirname(file), 'r')
  await folder.sync()
}

async function writeFlushed(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'w', 0o600)
  await handle.writeFile(text)
  await handle.sync()
}
