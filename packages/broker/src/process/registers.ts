import { setTimeout as sleep } from 'node:timers/promises'
import type { Adapter } from '@portreeve/adapter-sdk'
import type { Configuration } from '@portreeve/configuration'
import type { BrokerEvents } from '../events.ts'

const defaultLookEveryMs = 15_000

export interface RegisterParts {
  readonly configuration: Pick<Configuration, 'quality'>
  /** By label. */
  readonly adapters: ReadonlyMap<string, Adapter>
  readonly events: Pick<BrokerEvents, 'failed' | 'recovered'>
  readonly signal: AbortSignal
  /** Between two looks. Default: 15,000. */
  readonly lookEveryMs?: number
}

/**
 * Looks after the registers that quality control asks: one that cannot be used as it is now is told of, also while it still
 * answers from what it had read before.
 */
export async function watchRegistersUntilStopped(parts: RegisterParts): Promise<void> {
  const { configuration, adapters, signal, lookEveryMs = defaultLookEveryMs } = parts
  const asked = new Set(configuration.quality.flatMap(({ ask }) => [ask.addresses ?? [], ask.persons ?? []].flat()))
  while (!signal.aborted) {
    await Promise.all([...asked].map((label) => lookAt(label, adapters.get(label), parts)))
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined)
  }
}

async function lookAt(label: string, register: Adapter | undefined, { events, signal }: RegisterParts): Promise<void> {
  try {
    await register?.check(signal)
    events.recovered(`register ${label}`)
  } catch (error) {
    if (!signal.aborted) events.failed(`register ${label}`, error)
  }
}
