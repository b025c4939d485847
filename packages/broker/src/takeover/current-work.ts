import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import type { ConfiguredWork } from '../configured-work.ts'
import type { House } from '../house.ts'
import { type ActiveConfiguration, writeActiveConfiguration } from './active-configuration.ts'
import { type Applied, apply } from './apply.ts'

/** The configuration that a broker works with at the moment, and the way to another one. */
export class CurrentWork {
  readonly #house: House
  readonly #readAgain: () => Promise<Configuration>
  #work: ConfiguredWork
  #since: string
  #applying: Promise<Applied> | undefined

  /** `readAgain`: reads the configuration as it stands then. */
  constructor(house: House, work: ConfiguredWork, readAgain: () => Promise<Configuration>) {
    this.#house = house
    this.#work = work
    this.#readAgain = readAgain
    this.#since = house.now().toISOString()
  }

  get work(): ConfiguredWork {
    return this.#work
  }

  get active(): ActiveConfiguration {
    const { folder, record } = this.#work.configuration
    return { since: this.#since, folder, record }
  }

  /** For who asks while no broker runs. Rejects as the disk does. */
  async writeDown(): Promise<void> {
    await writeActiveConfiguration(this.#house.folder, this.active)
  }

  /**
   * Takes over the configuration as it stands in its folder. With `version`, only when that is what stands there. Rejects with
   * `PRV_CONFIGURATION_…` and `PRV_BROKER_APPLY_…`; then what was there goes on.
   */
  async apply(version?: string): Promise<Applied> {
    if (this.#applying) throw new PortreeveError('PRV_BROKER_APPLY_UNDER_WAY')
    this.#house.signal.throwIfAborted()
    this.#applying = this.#takeOver(version).finally(() => {
      this.#applying = undefined
    })
    return await this.#applying
  }

  /** Resolves when everything has ended, after the house was closed. */
  async ended(): Promise<void> {
    await this.#applying?.catch(() => undefined)
    await this.#work.ended()
  }

  async #takeOver(version: string | undefined): Promise<Applied> {
    const { events } = this.#house
    const next = await this.#readAgain()
    if (version !== undefined && version !== next.record.version) {
      throw new PortreeveError('PRV_BROKER_APPLY_OTHER', { folder: next.folder, found: next.record.version, version })
    }
    const applied = await apply({
      house: this.#house,
      before: this.#work,
      next,
      become: (work) => {
        this.#work = work
        this.#since = this.#house.now().toISOString()
      },
    })
    if (applied.changes.length === 0 && applied.opened.length === 0) return applied
    await this.writeDown().then(
      () => events.recovered('active configuration'),
      (error) => events.failed('active configuration', error),
    )
    events.tookOver({ version: applied.after, before: applied.before })
    return applied
  }
}
