import { isDeepStrictEqual } from 'node:util'
import type { Adapter } from '@portreeve/adapter-sdk'
import { type AdapterConfiguration, type Configuration, digestsOfFiles } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { adapterNamed, adapters as declarations } from '../adapters.ts'
import { describe } from '../events.ts'
import type { House } from '../house.ts'

const checkWithinMs = 30_000

/** An instance that is open, and all that made it what it is. */
interface Opened {
  readonly adapter: Adapter
  readonly madeOf: unknown
}

/** The adapters of a configuration, open. */
export class AdapterSet {
  readonly #opened: ReadonlyMap<string, Opened>

  private constructor(opened: ReadonlyMap<string, Opened>) {
    this.#opened = opened
  }

  /** Opens them all. Rejects as an adapter's `open` does. */
  static async open(configuration: Configuration, house: AdapterHouse): Promise<AdapterSet> {
    return await AdapterSet.#from(configuration, house, (_instance, adapter) => Promise.resolve(adapter))
  }

  get byLabel(): ReadonlyMap<string, Adapter> {
    return new Map([...this.#opened].map(([label, { adapter }]) => [label, adapter]))
  }

  /**
   * Those of another configuration: an instance that is made of the same stays open; every other one is opened and checked.
   * Rejects with `PRV_BROKER_APPLY_ADAPTER`, and then nothing is left open that was not open before.
   */
  async next(configuration: Configuration, house: AdapterHouse): Promise<AdapterSet> {
    return await AdapterSet.#from(configuration, house, check, this.#opened)

    async function check({ label }: AdapterConfiguration, adapter: Adapter): Promise<Adapter> {
      try {
        await adapter.check(AbortSignal.any([house.signal, AbortSignal.timeout(checkWithinMs)]))
        return adapter
      } catch (cause) {
        await adapter[Symbol.asyncDispose]()
        throw refused(label, cause)
      }
    }
  }

  /** Labels of those that are not open in the other set. */
  notIn(other: AdapterSet): readonly string[] {
    return [...this.#opened].flatMap(([label, { adapter }]) => (other.#has(adapter) ? [] : [label]))
  }

  /** Closes those that are not open in the other set, which stays as it is. */
  async closeBut(other?: AdapterSet): Promise<void> {
    const leaving = [...this.#opened.values()].filter(({ adapter }) => other === undefined || !other.#has(adapter))
    await Promise.all(leaving.map(({ adapter }) => adapter[Symbol.asyncDispose]()))
  }

  #has(adapter: Adapter): boolean {
    return [...this.#opened.values()].some((opened) => opened.adapter === adapter)
  }

  static async #from(
    configuration: Configuration,
    house: AdapterHouse,
    ready: (instance: AdapterConfiguration, adapter: Adapter) => Promise<Adapter>,
    before?: ReadonlyMap<string, Opened>,
  ): Promise<AdapterSet> {
    await using leaving = new AsyncDisposableStack()
    const opened = new Map<string, Opened>()
    for (const instance of configuration.adapters) {
      const { label } = instance
      const madeOf = await partsOf(instance, configuration)
      const present = before?.get(label)
      if (present && isDeepStrictEqual(present.madeOf, madeOf)) {
        opened.set(label, present)
        continue
      }
      const isSwap = before !== undefined
      const adapter = await open(instance, configuration, house).catch((cause) => {
        throw isSwap ? refused(label, cause) : cause
      })
      opened.set(label, { adapter: leaving.use(await ready(instance, adapter)), madeOf })
    }
    leaving.move()
    return new AdapterSet(opened)
  }
}

export type AdapterHouse = Pick<House, 'openAdapter' | 'now' | 'signal' | 'claims'>

async function open(
  { label, adapter: name, config }: AdapterConfiguration,
  { authority: { code: authority } }: Configuration,
  { openAdapter, now, signal, claims }: AdapterHouse,
): Promise<Adapter> {
  const declaration = adapterNamed(name)
  if (!declaration) throw new TypeError(`no adapter ${name}; the linter should have said so`)
  return await openAdapter(declaration, config, { label, authority, now, signal, claims })
}

/** Two instances that are made of the same need not be told apart. Secrets are among it: it stays in memory. */
async function partsOf(instance: AdapterConfiguration, { folder, authority }: Configuration): Promise<unknown> {
  const { adapter, config } = instance
  return { adapter, config, authority, files: await digestsOfFiles({ folder, adapters: [instance] }, declarations) }
}

function refused(label: string, cause: unknown): PortreeveError {
  const { code, sentence } = describe(cause)
  return new PortreeveError('PRV_BROKER_APPLY_ADAPTER', { label, code, fault: sentence }, { cause })
}
