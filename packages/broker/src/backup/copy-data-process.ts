/**
 * Copies a data folder whose files are held still: `node copy-data-process.ts FROM TO`. A process of its own, for one that has an
 * SQLite file open gives its lock away when it closes that file a second time (https://www.sqlite.org/howtocorrupt.html, 2.2).
 * Everything is on disk when it ends. Writes `{"files","bytes"}`, or `{"fault"}` and ends with 1.
 */
import { constants } from 'node:fs'
import { copyFile, mkdir, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Journals hold what came later; sockets and half-written bodies are nobody's; the owner is who runs now. */
const leftOut = /-(wal|shm|journal)$|\.part$|^admin\.sock$|^incoming$|^owner$/

const [from = '', to = ''] = process.argv.slice(2)
const copied = { files: 0, bytes: 0 }

try {
  await copyFolder(from, to, ['log', 'state.db', 'ledger.db', 'claims', 'door.key', 'configuration.json'])
  console.log(JSON.stringify(copied))
} catch (error) {
  const fault = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  console.log(JSON.stringify({ fault }))
  process.exitCode = 1
}

async function copyFolder(source: string, target: string, names: readonly string[]): Promise<void> {
  await mkdir(target, { mode: 0o700 })
  for (const name of names) {
    if (leftOut.test(name)) continue
    const [path, copy] = [join(source, name), join(target, name)]
    const found = await stat(path).catch(absent)
    if (found?.isDirectory()) await copyFolder(path, copy, await readdir(path))
    else if (found?.isFile()) await copyOne(path, copy)
  }
  await flush(target)
}

async function copyOne(source: string, target: string): Promise<void> {
  await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  await flush(target)
  copied.files += 1
  copied.bytes += (await stat(target)).size
}

/** On Windows a folder cannot be flushed, and keeps its entries by itself. */
async function flush(path: string): Promise<void> {
  if (process.platform === 'win32' && (await stat(path)).isDirectory()) return
  await using handle = await open(path, 'r')
  await handle.sync()
}

/** Made only when it is needed, as the key of the door is. */
function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
