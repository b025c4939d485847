import type { AdapterContext } from '@portreeve/adapter-sdk'
import type { AdapterConfiguration, Configuration } from '@portreeve/configuration'
import { type ErrorJson, isPortreeveError } from '@portreeve/errors'

export interface AdapterCheck {
  readonly label: string
  readonly adapter: string
  /** Absent: reached. */
  readonly error?: ErrorJson
  readonly elapsedMs: number
}

const patienceMs = 30_000

/** Opens every adapter and lets it reach its system; all at once, each for at most half a minute. */
export async function checkAdapters(
  { adapters, authority }: Configuration,
  now: () => Date,
): Promise<readonly AdapterCheck[]> {
  const signal = AbortSignal.timeout(patienceMs)
  const context = { authority: authority.code, now, signal, claims: noClaims }
  return Promise.all(adapters.map((instance) => checkOne(instance, { ...context, label: instance.label })))
}

async function checkOne(
  { label, adapter, config }: AdapterConfiguration,
  context: AdapterContext,
): Promise<AdapterCheck> {
  const { adapterNamed } = await import('@portreeve/broker')
  const declaration = adapterNamed(adapter)
  if (!declaration) throw new TypeError(`no adapter ${adapter}; the linter should have said so`)
  const startedAt = performance.now()
  const checked = (error?: ErrorJson): AdapterCheck => {
    const elapsedMs = Math.round(performance.now() - startedAt)
    return { label, adapter, ...(error && { error }), elapsedMs }
  }
  try {
    await using opened = await declaration.open(config, context)
    await opened.check(context.signal)
    return checked()
  } catch (error) {
    if (isPortreeveError(error)) return checked(error.toJSON())
    throw error
  }
}

/** A check takes no document in, so nothing is staged. */
const noClaims: AdapterContext['claims'] = {
  put: () => Promise.reject(new TypeError('a check stages nothing')),
  get: () => {
    throw new TypeError('a check reads nothing that is staged')
  },
}
