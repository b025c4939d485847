import { basename, dirname } from 'node:path'
import { fileAt, type InboxFile, isUnchanged, shownPath } from '@portreeve/endpoints'
import { PortreeveError } from '@portreeve/errors'
import { isPassing } from './errors.ts'

export interface RegisterFileOptions<Register> {
  readonly path: string
  readonly settleMs: number
  /** Reads the whole file, or rejects. */
  readonly read: (file: InboxFile) => Promise<Register>
  /** In milliseconds, from any moment on. Default: a clock that nobody sets. */
  readonly now?: () => number
}

/** A file in memory. It is looked at when it is asked for; what was read to its end and is right counts until it is replaced. */
export class RegisterFile<Register> {
  readonly #options: RegisterFileOptions<Register>
  #good: { readonly file: InboxFile; readonly register: Register } | null = null
  #bad: { readonly file: InboxFile; readonly fault: unknown } | null = null
  /** A change, and when it was first seen. */
  #change: { readonly file: InboxFile; readonly sinceMs: number } | null = null
  #looking: Promise<unknown> | null = null

  constructor(options: RegisterFileOptions<Register>) {
    this.#options = options
  }

  /** The last register that was right. Rejects when there was none yet. */
  async latest(): Promise<Register> {
    const fault = await this.#look()
    if (this.#good === null) throw fault
    return this.#good.register
  }

  /** Rejects when the file as it lies there cannot be used, even while an earlier one is answered from. */
  async check(): Promise<void> {
    const fault = await this.#look()
    if (fault !== null) throw fault
  }

  /** One look at a time; who comes meanwhile waits for the same one. Resolves with what is wrong. */
  #look(): Promise<unknown> {
    this.#looking ??= this.#lookNow()
      .catch((fault: unknown) => fault)
      .finally(() => {
        this.#looking = null
      })
    return this.#looking
  }

  async #lookNow(): Promise<unknown> {
    const { path, settleMs, now = () => performance.now() } = this.#options
    const file = await fileAt(dirname(path), basename(path))
    if (!file) return new PortreeveError('PRV_REGISTERS_NO_FILE', { file: shownPath(path) })
    if (this.#good && isUnchanged(this.#good.file, file)) return null
    if (this.#bad && isUnchanged(this.#bad.file, file)) return this.#bad.fault
    if (!this.#change || !isUnchanged(this.#change.file, file)) this.#change = { file, sinceMs: now() }
    if (this.#good && now() - this.#change.sinceMs < settleMs) return null
    return await this.#read(file)
  }

  async #read(file: InboxFile): Promise<unknown> {
    try {
      this.#good = { file, register: await this.#options.read(file) }
      this.#bad = null
      return null
    } catch (fault) {
      if (!isPassing(fault)) this.#bad = { file, fault }
      return fault
    }
  }
}
