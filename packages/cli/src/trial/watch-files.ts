import { type FSWatcher, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** An editor writes a file in several steps: they count as one. */
const settleMs = 60

/** Tells when one of a changing set of files was written, replaced or taken away; several at once are told once. */
export class WatchedFiles implements Disposable {
  readonly #watchers = new Map<string, FSWatcher>()
  readonly #names = new Map<string, Set<string>>()
  #timer: NodeJS.Timeout | undefined
  #changed = Promise.withResolvers<void>()

  /** Resolves at the next change, or has since the last time that it was asked. */
  async next(): Promise<void> {
    await this.#changed.promise
    this.#changed = Promise.withResolvers<void>()
  }

  /** From now on these, by absolute path; what changed before is forgotten. Folders that are not there are not watched. */
  watch(files: readonly string[]): void {
    this.#names.clear()
    for (const file of files) {
      const folder = dirname(file)
      this.#names.set(folder, (this.#names.get(folder) ?? new Set()).add(basename(file)))
    }
    for (const [folder, watcher] of this.#watchers) {
      if (this.#names.has(folder)) continue
      watcher.close()
      this.#watchers.delete(folder)
    }
    for (const folder of this.#names.keys()) {
      if (!this.#watchers.has(folder)) this.#watchFolder(folder)
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    for (const watcher of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }

  /** The folder, not the file: an editor puts another file in its place. */
  #watchFolder(folder: string): void {
    try {
      const watcher = watch(folder, (_, name) => {
        if (name === null || this.#names.get(folder)?.has(name)) this.#settle()
      })
      watcher.on('error', () => this.#watchers.delete(folder))
      this.#watchers.set(folder, watcher)
    } catch {
      // It is watched again when it is there at the next change.
    }
  }

  #settle(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#changed.resolve(), settleMs)
  }
}
