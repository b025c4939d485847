import type { Adapter, Outcome } from '@portreeve/adapter-sdk'
import { type FakeSystem, type FakeSystemOptions, startFakeSystem } from '../fake-system.ts'
import crmOpen311 from '../index.ts'
import { ada, requestOf } from './messages.ts'

/** The adapter, opened at a system of its own; disposed of together. */
export interface Opened extends AsyncDisposable {
  readonly system: FakeSystem
  readonly adapter: Adapter
  send(id: string, body?: object): Promise<Outcome | undefined>
  /** A new one at the same system, as after a restart of the broker. */
  again(): Promise<Adapter>
}

const { signal } = new AbortController()

export async function openAtStandIn(options: FakeSystemOptions = {}, timeoutSeconds = 10): Promise<Opened> {
  const system = await startFakeSystem({ persons: [ada], ...options })
  const again = () => openAdapter({ baseUrl: system.baseUrl, timeoutSeconds })
  const adapter = await again()
  return {
    system,
    adapter,
    again,
    async send(id, body) {
      const outcomes = await adapter.send?.({ id: `batch-${id}`, messages: [requestOf(id, body)] }, signal)
      return outcomes?.[0]
    },
    [Symbol.asyncDispose]: () => system.close(),
  }
}

export async function openAdapter(config: {
  baseUrl: string
  timeoutSeconds?: number
  maxBodyBytes?: number
}): Promise<Adapter> {
  return await crmOpen311.open(
    { apiKey: 'secret', ...config },
    {
      label: 'crm',
      authority: 'X99000001',
      now: () => new Date('2026-03-02T10:00:00Z'),
      signal,
      claims: { put: () => Promise.reject(new TypeError('no claims here')), async *get() {} },
    },
  )
}
