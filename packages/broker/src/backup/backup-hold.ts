import { randomUUID } from 'node:crypto'
import { PortreeveError } from '@portreeve/errors'
import type { Ledger } from '@portreeve/ledger'
import type { State } from '@portreeve/state'
import type { OpenedLog } from '../engines.ts'

/** Who does not say within this time that they still copy is taken for dead. */
const lapseAfterMs = 60_000

export interface BackupHoldParts {
  readonly log: Pick<OpenedLog, 'freeze' | 'thaw'>
  readonly state: Pick<State, 'freeze' | 'thaw'>
  readonly ledger: Pick<Ledger, 'freeze' | 'thaw'>
  readonly folder: { readonly path: string }
  /** Default: a minute. */
  readonly lapseAfterMs?: number
}

/**
 * Holds the files of a data folder still, all at the same instant, while another process copies them and the broker goes on. What is
 * copied is what a death of the broker at that instant would have left: whatever it was sure of by then.
 */
export class BackupHold {
  readonly #parts: BackupHoldParts
  #held: { readonly id: string; readonly lapse: NodeJS.Timeout } | undefined
  #beginning = false
  /** The work that removes files and is under way. */
  #removing: Promise<void> = Promise.resolve()

  constructor(parts: BackupHoldParts) {
    this.#parts = parts
  }

  /** Rejects with `PRV_BROKER_BACKUP_LOG_ELSEWHERE`, `PRV_BROKER_BACKUP_UNDER_WAY`, `PRV_LOG_BUSY`, `PRV_DATABASE_BUSY`; nothing is held then. */
  async begin(): Promise<{ readonly id: string }> {
    const { log, state, ledger, folder } = this.#parts
    if (!log.freeze) throw new PortreeveError('PRV_BROKER_BACKUP_LOG_ELSEWHERE', { folder: folder.path })
    if (this.#held || this.#beginning) throw new PortreeveError('PRV_BROKER_BACKUP_UNDER_WAY', { folder: folder.path })
    this.#beginning = true
    try {
      await this.#removing
      // Nothing else runs in this thread until all three are held.
      log.freeze()
      state.freeze()
      ledger.freeze()
      const id = randomUUID()
      this.#held = { id, lapse: this.#lapseLater() }
      return { id }
    } catch (error) {
      await this.#thaw()
      throw error
    } finally {
      this.#beginning = false
    }
  }

  /** Says that the copying goes on. Rejects with `PRV_BROKER_BACKUP_LAPSED`. */
  async extend(id: string): Promise<void> {
    const held = this.#of(id)
    held.lapse.refresh()
  }

  /** Rejects with `PRV_BROKER_BACKUP_LAPSED` when the files were not held still until now. */
  async end(id: string): Promise<void> {
    clearTimeout(this.#of(id).lapse)
    await this.#thaw()
  }

  /** Does what removes files, but not during a backup: then it is left out. */
  async unlessHeld(remove: () => Promise<void>): Promise<void> {
    if (this.#held || this.#beginning) return
    const removing = remove()
    this.#removing = removing.catch(() => undefined)
    await removing
  }

  #of(id: string) {
    if (this.#held?.id === id) return this.#held
    throw new PortreeveError('PRV_BROKER_BACKUP_LAPSED', { folder: this.#parts.folder.path })
  }

  #lapseLater(): NodeJS.Timeout {
    const lapse = setTimeout(() => void this.#thaw().catch(() => undefined), this.#parts.lapseAfterMs ?? lapseAfterMs)
    return lapse.unref()
  }

  async #thaw(): Promise<void> {
    this.#held = undefined
    this.#parts.ledger.thaw()
    this.#parts.state.thaw()
    await this.#parts.log.thaw?.()
  }
}
