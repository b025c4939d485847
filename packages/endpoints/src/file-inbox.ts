import type { Stats } from 'node:fs'
import { lstat, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fromFileFault } from './file-faults.ts'
import { isTemporaryName, shownFileName } from './file-name.ts'

export interface FileInboxOptions {
  /** Made when absent. */
  readonly folder: string
  /** How long size and time of a file must stand still before it is taken, in milliseconds. */
  readonly settleMs: number
  /** In milliseconds, from any moment on. Default: a clock that nobody sets. */
  readonly now?: () => number
}

/** A file that its writer has finished. */
export interface InboxFile {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
  readonly modifiedMs: number
  /** When anything of it last changed, its name and its times included: nobody can set this back. */
  readonly changedMs: number
  readonly inode: number
  /** When the inode came to be, in milliseconds since 1970; where the system does not know it, when it last changed. */
  readonly bornMs: number
}

interface Sighting extends InboxFile {
  readonly sinceMs: number
}

/**
 * A folder that files are dropped into. A file is complete when it was renamed from a temporary name that was seen
 * before, or when its size and time have stood still for a while. Folders, links and devices are never taken.
 */
export class FileInbox {
  readonly #options: FileInboxOptions
  #seen = new Map<string, Sighting>()
  /** Inodes seen under a temporary name, and when each was born: another file may get the number of one that is gone. */
  #unfinished = new Map<number, number>()
  #strangers: readonly string[] = []

  constructor(options: FileInboxOptions) {
    this.#options = options
  }

  /** Names, as they may be shown, of what the last look found and will never take: links, devices, names of no encoding. */
  get strangers(): readonly string[] {
    return this.#strangers
  }

  /** Complete files, the oldest first. Rejects with `PRV_ENDPOINTS_FILE_…`, `PRV_ENDPOINTS_DISK_FULL`. */
  async look(): Promise<readonly InboxFile[]> {
    const { folder, settleMs, now = () => performance.now() } = this.#options
    const seen = new Map<string, Sighting>()
    const unfinished = new Map<number, number>()
    const strangers: string[] = []
    const complete: InboxFile[] = []
    for (const name of await this.#names()) {
      const file = await fileAt(folder, name)
      if (isTemporaryName(name)) {
        if (file) unfinished.set(file.inode, file.bornMs)
        continue
      }
      if (!file) {
        if (await isStranger(folder, name)) strangers.push(shownFileName(name))
        continue
      }
      const before = this.#seen.get(name)
      const still = before && isUnchanged(before, file)
      const sinceMs = still ? before.sinceMs : now()
      seen.set(name, { ...file, sinceMs })
      const isRenamed = this.#unfinished.get(file.inode) === file.bornMs
      if (isRenamed || (still && now() - sinceMs >= settleMs)) complete.push(file)
      // It may be looked at several times before it is taken.
      if (isRenamed) unfinished.set(file.inode, file.bornMs)
    }
    this.#seen = seen
    this.#unfinished = unfinished
    this.#strangers = strangers
    return complete.sort((a, b) => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1))
  }

  async #names(): Promise<readonly string[]> {
    const { folder } = this.#options
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      return await readdir(folder)
    } catch (cause) {
      throw fromFileFault(cause, folder, 'look into')
    }
  }
}

/** `null` for what is no plain file, or is gone already. */
export async function fileAt(folder: string, name: string): Promise<InboxFile | null> {
  const path = join(folder, name)
  try {
    const found = await lstat(path)
    if (!found.isFile()) return null
    return inboxFile(name, path, found)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw fromFileFault(cause, path, 'look at')
  }
}

export function inboxFile(name: string, path: string, found: Stats): InboxFile {
  return {
    name,
    path,
    sizeBytes: found.size,
    modifiedMs: found.mtimeMs,
    changedMs: found.ctimeMs,
    inode: found.ino,
    bornMs: found.birthtimeMs,
  }
}

/** Neither a plain file nor a folder; or a name that this system cannot spell, so that nobody can open it. */
async function isStranger(folder: string, name: string): Promise<boolean> {
  try {
    return !(await lstat(join(folder, name))).isDirectory()
  } catch {
    // Gone meanwhile, unless the name was never one.
    return name.includes('\uFFFD')
  }
}

/** Of a file that nobody renamed meanwhile, not even this process. */
export function isUnchanged(a: InboxFile, b: InboxFile): boolean {
  return a.changedMs === b.changedMs && isSameFile(a, b)
}

/** As `isUnchanged`, but a file that was renamed is the same one still. */
export function isSameFile(a: InboxFile, b: InboxFile): boolean {
  return a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs && a.inode === b.inode
}
