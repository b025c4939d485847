import type { Adapter, Outcome } from '@portreeve/adapter-sdk'
import type { AddressUpdateAnswered } from '@portreeve/model'
import type { AccountsConfig } from '../config.ts'
import { type FakeSystem, type FakeSystemOptions, startFakeSystem } from '../fake-system.ts'
import revenuesAccounts from '../index.ts'
import { ada, requestOf } from './messages.ts'

/** The adapter, opened at a system of its own; disposed of together. */
export interface Opened extends AsyncDisposable {
  readonly system: FakeSystem
  readonly adapter: Adapter
  send(id: string, body?: object): Promise<Outcome | undefined>
  lookup(id: string): Promise<Outcome | undefined>
  /** Everything that is new since the cursor, and the cursor behind each. */
  poll(cursor?: string | null): Promise<readonly Answered[]>
}

export interface Answered {
  readonly answer: AddressUpdateAnswered
  readonly idSeed: string
  readonly cursor: string | null
}

const { signal } = new AbortController()

export async function openAtStandIn(
  options: FakeSystemOptions = {},
  config: Partial<AccountsConfig> = {},
): Promise<Opened> {
  const system = await startFakeSystem({ accounts: [ada], ...options })
  const adapter = await openAdapter({ ...system.access, timeoutSeconds: 10, ...config })
  const batchOf = (id: string, body?: object) => ({ id: `batch-${id}`, messages: [requestOf(id, body)] })
  return {
    system,
    adapter,
    send: async (id, body) => (await adapter.send?.(batchOf(id, body), signal))?.[0],
    lookup: async (id) => (await adapter.lookup?.(batchOf(id), signal))?.[0],
    async poll(cursor = null) {
      const found = await Array.fromAsync(adapter.poll?.(cursor, signal) ?? [])
      return found.map(({ polled: { message }, cursor }) => ({
        answer: JSON.parse(new TextDecoder().decode(message.body)),
        idSeed: message.idSeed,
        cursor,
      }))
    },
    async [Symbol.asyncDispose]() {
      await adapter[Symbol.asyncDispose]()
      await system.close()
    },
  }
}

export async function openAdapter(config: AccountsConfig): Promise<Adapter> {
  return await revenuesAccounts.open(config, {
    label: 'revenues',
    authority: 'X99000001',
    now: () => new Date('2026-03-02T10:00:00Z'),
    signal,
    claims: { put: () => Promise.reject(new TypeError('no claims here')), async *get() {} },
  })
}
