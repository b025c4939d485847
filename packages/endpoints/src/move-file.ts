import { randomBytes } from 'node:crypto'
import { link, mkdir, open, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fromFileFault } from './file-faults.ts'
import { fileAt, type InboxFile, isSameFile, isUnchanged } from './file-inbox.ts'
import { markedName } from './marked-name.ts'
import { syncFolder } from './sync-folder.ts'

/**
 * Moves this very file, and no other one that got its name meanwhile, into a folder of the same disk, replacing none: on a
 * clash the name gets the first 8 characters of `mark`. Flushed, names included, when it resolves with the new path.
 * Resolves with `null` when the file is gone, changed or replaced: what lies there now stays for the next look, under
 * another name if its own was given away again. Rejects with `PRV_ENDPOINTS_DISK_FULL`, `PRV_ENDPOINTS_FILE_…`; the file
 * stays then.
 */
export async function moveFile(file: InboxFile, folder: string, mark: string): Promise<string | null> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const target = await reserveName(file.name, folder, mark.slice(0, 8))
    let isMoved = false
    try {
      isMoved = await moveTo(target, file)
    } finally {
      if (!isMoved) await unlink(target)
    }
    if (!isMoved) return null
    await syncFolder(folder)
    // A power cut must neither bring the old name back beside the new one, nor take the folder when it is new.
    for (const changed of new Set([dirname(file.path), dirname(folder)])) await syncFolder(changed)
    return target
  } catch (fault) {
    throw fromFileFault(fault, file.path, 'move')
  }
}

/**
 * Somebody may rename a new file over the old one at any moment. So the file first gets a name that nobody else knows, still
 * in its folder and one that is looked at: whichever file was caught is looked at there in peace, and lost in no crash.
 */
async function moveTo(target: string, file: InboxFile): Promise<boolean> {
  const folder = dirname(file.path)
  const now = await fileAt(folder, file.name)
  if (!now || !isUnchanged(file, now)) return false
  const caughtName = markedName(file.name, randomBytes(8).toString('hex'))
  const caughtPath = join(folder, caughtName)
  try {
    await rename(file.path, caughtPath)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw fault
  }
  let isMoved = false
  try {
    const caught = await fileAt(folder, caughtName)
    if (caught && isSameFile(file, caught)) {
      await rename(caughtPath, target)
      isMoved = true
    }
  } finally {
    if (!isMoved) await giveBack(caughtPath, file.path)
  }
  return isMoved
}

/** A link replaces nothing. Where there are none, or the name is in use again, the file keeps the name that it has now. */
async function giveBack(caughtPath: string, path: string): Promise<void> {
  try {
    await link(caughtPath, path)
  } catch {
    return
  }
  await unlink(caughtPath)
}

/**
 * A free name, held by an empty file of ours that the rename replaces. A hard link would need no such file, but network
 * drives have none, and Linux allows none to another user's file.
 */
async function reserveName(name: string, folder: string, mark: string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const target = join(folder, nameFor(attempt, name, mark))
    try {
      await using _held = await open(target, 'wx', 0o600)
      return target
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
    }
  }
}

/** From the third attempt on by chance: counting would be slow where thousands have the same name and content. */
function nameFor(attempt: number, name: string, mark: string): string {
  if (attempt === 0) return name
  return markedName(name, attempt === 1 ? mark : `${mark}.${randomBytes(4).toString('hex')}`)
}
