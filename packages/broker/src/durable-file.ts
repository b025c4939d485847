import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a small file for its owner alone, and puts it in its place once it is on disk: whoever reads finds the old one or the new. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const part = `${file}.part`
  await writeFlushed(part, text)
  await rename(part, file)
  if (process.platform === 'win32') return
  await using folder = await open(dirname(file), 'r')
  await folder.sync()
}

async function writeFlushed(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'w', 0o600)
  await handle.writeFile(text)
  await handle.sync()
}
