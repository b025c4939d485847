import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { isAbsent, isForeignFolder } from './faults.ts'
import { syncFolder } from './sync-folder.ts'

const formatFile = 'format'
const unfinishedFormatFile = 'format.new'
/** What another process may still be writing is younger. */
const abandonedAfterMs = 24 * 60 * 60 * 1000
const known = 1

/** Where bodies are written before their digest is known. */
export const incomingFolder = 'incoming'

/**
 * Makes the folder, or makes sure that it is one of ours, and throws away what a crash left half written; in a folder that others use,
 * too, what nobody can be writing any more.
 * Throws `PRV_CLAIM_CHECK_FOREIGN`, `PRV_CLAIM_CHECK_NEWER`; then nothing was changed.
 */
export async function prepareFolder(folder: string, isShared: boolean): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await formatOf(folder)
  if (found > known) throw new PortreeveError('PRV_CLAIM_CHECK_NEWER', { folder, found, known })
  if (found === 0) {
    await syncAbove(folder)
    await writeFormat(folder)
  }
  const incoming = join(folder, incomingFolder)
  if (isShared) await removeAbandoned(incoming)
  else await rm(incoming, { recursive: true, force: true })
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  await syncFolder(folder)
}

async function removeAbandoned(incoming: string): Promise<void> {
  const names = await readdir(incoming).catch((error: unknown) => {
    if (isAbsent(error)) return []
    throw error
  })
  for (const name of names) {
    const path = join(incoming, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > abandonedAfterMs) await rm(path, { force: true })
  }
}

/** 0 for a folder that is still empty. */
async function formatOf(folder: string): Promise<number> {
  const foreign = () => new PortreeveError('PRV_CLAIM_CHECK_FOREIGN', { folder })
  try {
    const version = /^portreeve claim-check (\d+)\n$/.exec(await readFile(join(folder, formatFile), 'utf8'))?.[1]
    if (version === undefined) throw foreign()
    return Number(version)
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
  const others = (await readdir(folder)).filter((name) => !name.startsWith(unfinishedFormatFile))
  if (others.length > 0) throw foreign()
  return 0
}

async function writeFormat(folder: string): Promise<void> {
  const path = join(folder, `${unfinishedFormatFile}.${randomUUID()}`)
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(`portreeve claim-check ${known}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(path, join(folder, formatFile))
}

/**
 * A power cut must not take the folder itself. As long as it is empty, its name and those of the folders above may be new
 * too, made by the caller or by a process that was killed right then: all are made known to their parents, on disk.
 */
async function syncAbove(folder: string): Promise<void> {
  let above = resolve(folder)
  do {
    above = dirname(above)
    try {
      await syncFolder(above)
    } catch (error) {
      if (!isForeignFolder(error)) throw error
    }
  } while (above !== dirname(above))
}
