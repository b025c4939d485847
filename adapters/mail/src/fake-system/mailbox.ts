import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** An e-mail as it lies in the mailbox. */
export interface Arrived {
  readonly fileName: string
  readonly bytes: Buffer
}

/** A folder of `.eml` files, which every mail program opens: `0007 ada@example.org.eml`. */
export class Mailbox {
  readonly #folder: string
  #last: number
  #kept: Promise<unknown> = Promise.resolve()

  private constructor(folder: string, last: number) {
    this.#folder = folder
    this.#last = last
  }

  static async open(folder: string): Promise<Mailbox> {
    await mkdir(folder, { recursive: true })
    const numbers = (await readdir(folder)).map((name) => Number.parseInt(name, 10) || 0)
    return new Mailbox(folder, Math.max(0, ...numbers))
  }

  /** Answers with its number. One after the other, each under a name of its own once it is whole. */
  keep(to: string, bytes: Uint8Array): Promise<number> {
    const number = ++this.#last
    const name = `${String(number).padStart(4, '0')} ${to.replace(/[^A-Za-z0-9@.+_-]/g, '_').slice(0, 100)}.eml`
    const keeping = this.#kept.then(async () => {
      await writeFile(join(this.#folder, `${name}.part`), bytes)
      await rename(join(this.#folder, `${name}.part`), join(this.#folder, name))
      return number
    })
    this.#kept = keeping.catch(() => undefined)
    return keeping
  }

  async all(): Promise<readonly Arrived[]> {
    await this.#kept
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith('.eml')).sort()
    return await Promise.all(
      names.map(async (fileName) => ({ fileName, bytes: await readFile(join(this.#folder, fileName)) })),
    )
  }
}
