import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type InboxFile, writeWholeFile } from '@portreeve/endpoints'

/** A dot file, so never taken itself. */
const name = '.in-hand.jsonl'

/** As an earlier version left it: one line, of one file. */
const earlierName = '.in-hand.json'

/** A file may leave the inbox by somebody else's hand and is not put down then: the oldest such are forgotten. */
const most = 100

/**
 * Remembers which files were being handed over, in the inbox itself. When the process dies between handing one over and moving
 * it away, or it cannot be moved, it comes again and is known already: then it is no second copy, it is the first.
 */
export class InHand {
  readonly #folder: string

  constructor(inboxFolder: string) {
    this.#folder = inboxFolder
  }

  /** Takes the file into the hand; true when it was there already, under whatever name. */
  async pickUp(file: InboxFile, digest: string): Promise<boolean> {
    const token = tokenOf(file, digest)
    const tokens = await this.#read()
    if (tokens.includes(token)) return true
    await this.#write([...tokens, token].slice(-most))
    return false
  }

  async putDown(file: InboxFile, digest: string): Promise<void> {
    const token = tokenOf(file, digest)
    const tokens = await this.#read()
    if (tokens.some((other) => other !== token)) await this.#write(tokens.filter((other) => other !== token))
    else for (const note of [name, earlierName]) await rm(join(this.#folder, note), { force: true })
  }

  /** Flushed: a power cut is such a death, too. */
  async #write(tokens: readonly string[]): Promise<void> {
    await writeWholeFile(this.#folder, name, tokens.map((token) => `${token}\n`).join(''))
    await rm(join(this.#folder, earlierName), { force: true })
  }

  async #read(): Promise<readonly string[]> {
    const notes = await Promise.all([earlierName, name].map((note) => this.#lines(note)))
    return [...new Set(notes.flat())]
  }

  async #lines(note: string): Promise<readonly string[]> {
    try {
      return (await readFile(join(this.#folder, note), 'utf8')).split('\n').filter((line) => line !== '')
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw fault
    }
  }
}

/** One line of JSON. */
function tokenOf({ inode, modifiedMs, sizeBytes }: InboxFile, digest: string): string {
  return JSON.stringify({ inode, modifiedMs, sizeBytes, digest })
}
