import { lstat, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fromFileFault } from './file-faults.ts'
import { isTemporaryName } from './file-name.ts'

export interface FileInboxOptions {
  /** Made when absent. */
  readonly folder: string
  /** How long size and time of a file must stand still before it is taken, in milliseconds. */
  readonly settleMs: number
  /** Milliseconds since 1970. Default: the machine's clock. */
  readonly now?: () => number
}

/** A file that its writer has finished. */
export interface InboxFile {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
  readonly modifiedMs: number
  readonly inode: number
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
  #unfinished = new Set<number>()

  constructor(options: FileInboxOptions) {
    this.#options = options
  }

  /** Complete files, the oldest first. Rejects with `PRV_ENDPOINTS_FILE_…`, `PRV_ENDPOINTS_DISK_FULL`. */
  async look(): Promise<readonly InboxFile[]> {
    const { folder, settleMs, now = Date.now } = this.#options
    const seen = new Map<string, Sighting>()
    const unfinished = new Set<number>()
    const complete: InboxFile[] = []
    for (const name of await this.#names()) {
      const file = await fileAt(folder, name)
      if (!file) continue
      if (isTemporaryName(name)) {
        unfinished.add(file.inode)
        continue
      }
      const before = this.#seen.get(name)
      const still = before && isUnchanged(before, file)
      const sinceMs = still ? before.sinceMs : now()
      seen.set(name, { ...file, sinceMs })
      if (this.#unfinished.has(file.inode) || (still && now() - sinceMs >= settleMs)) complete.push(file)
    }
    this.#seen = seen
    // A renamed file may be looked at several times before it is taken.
    const renamed = complete.filter(({ inode }) => this.#unfinished.has(inode)).map(({ inode }) => inode)
    this.#unfinished = new Set([...unfinished, ...renamed])
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
    return { name, path, sizeBytes: found.size, modifiedMs: found.mtimeMs, inode: found.ino }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw fromFileFault(cause, path, 'look at')
  }
}

export function isUnchanged(a: InboxFile, b: InboxFile): boolean {
  return a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs && a.inode === b.inode
}
