import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { InboxFile } from '@portreeve/endpoints'

/** A dot file, so never taken itself. */
const name = '.in-hand.json'

/**
 * Remembers which file was being handed over, in the inbox itself. When the process dies between handing it over and moving it
 * away, the file comes again and is known already: then it is no second copy, it is the first.
 */
export class InHand {
  readonly #path: string

  constructor(inboxFolder: string) {
    this.#path = join(inboxFolder, name)
  }

  /** Takes the file into the hand; true when it was there already, under whatever name. */
  async pickUp(file: InboxFile, digest: string): Promise<boolean> {
    const { inode, modifiedMs, sizeBytes } = file
    const token = JSON.stringify({ inode, modifiedMs, sizeBytes, digest })
    if ((await this.#read()) === token) return true
    await writeFile(this.#path, token, { mode: 0o600 })
    return false
  }

  async putDown(): Promise<void> {
    await rm(this.#path, { force: true })
  }

  async #read(): Promise<string | null> {
    try {
      return await readFile(this.#path, 'utf8')
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw fault
    }
  }
}
