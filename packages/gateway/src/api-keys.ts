import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { DoorConfiguration } from '@portreeve/configuration'

export interface NewApiKey {
  /** `prv_` and 256 bits: shown once, kept nowhere. */
  readonly key: string
  /** For `door.apiKeys` in broker.yaml. A random key of this length needs no slow hash: nobody can try them all. */
  readonly hash: string
}

export function newApiKey(): NewApiKey {
  const key = `prv_${randomBytes(32).toString('base64url')}`
  return { key, hash: `sha256:${digestOf(key).toString('hex')}` }
}

/** Who may bring transactions. */
export class ApiKeys {
  readonly #present: () => DoorConfiguration['apiKeys']
  #readFrom: DoorConfiguration['apiKeys'] = []
  #digests: readonly { readonly name: string; readonly digest: Buffer }[] = []

  /** `present`: as they are at the moment. */
  constructor(present: () => DoorConfiguration['apiKeys']) {
    this.#present = present
  }

  get #known(): readonly { readonly name: string; readonly digest: Buffer }[] {
    const keys = this.#present()
    if (keys !== this.#readFrom) {
      this.#readFrom = keys
      this.#digests = keys.map(({ name, hash }) => ({ name, digest: Buffer.from(hash.replace(/^sha256:/, ''), 'hex') }))
    }
    return this.#digests
  }

  /** True when a key is asked for. */
  get areWanted(): boolean {
    return this.#known.length > 0
  }

  /**
   * Name of whose key the header `Authorization` has; `null` for none that is known. Empty where no key is asked for. Takes as
   * long whichever key it is.
   */
  senderOf(authorization: string | undefined): string | null {
    if (!this.areWanted) return ''
    const [, key = ''] = /^Bearer +(\S{1,200}) *$/i.exec(authorization ?? '') ?? []
    const given = digestOf(key)
    const matching = this.#known.filter(({ digest }) => timingSafeEqual(digest, given))
    return matching[0]?.name ?? null
  }
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
