import type { Adapter, AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { Envelope } from '@portreeve/envelope'
import type { LogRecord } from '@portreeve/log'
import type { Mapping } from '@portreeve/mappings'
import { BrokerEvents } from '../events.ts'
import { MessageMaker } from '../message-maker.ts'
import { ReceiverConsumer } from '../receiver-consumer.ts'
import type { Receiver } from '../receivers.ts'
import { ReferenceNumbers } from '../reference-numbers.ts'
import type { DeliveredBefore } from '../replay/at-receiver.ts'
import { memoryStores } from './memory-stores.ts'

export const type = 'valuation.report.proposed'

export function envelope(id: string, changes: Partial<Envelope> = {}): Envelope {
  const about = { authority: 'X99000001', channel: 'file', reference: 'R', correlationId: id }
  return {
    id,
    source: '/x/y',
    type,
    time: '2026-03-01T00:00:00Z',
    dataContentType: 'application/json',
    ...about,
    ...changes,
  }
}

interface WorldOptions extends Pick<AdapterDeclaration, 'acceptsContentType'> {
  /** Name of the mapping of its route, and all mappings by name. */
  readonly map?: string
  readonly mappings?: ReadonlyMap<string, Mapping>
  /** What it has already. Default: nothing. */
  readonly deliveredBefore?: DeliveredBefore
  readonly append?: (records: readonly LogRecord[]) => Promise<unknown>
  /** The stores of another world, as after a restart. */
  readonly before?: Pick<Awaited<ReturnType<typeof memoryStores>>, 'log' | 'state'>
}

/** One receiver, `r.voa`, over a log and a state in memory. */
export async function consumerWith(
  adapter: Partial<Adapter>,
  {
    append,
    before,
    acceptsContentType,
    map,
    mappings = new Map(),
    deliveredBefore = async () => null,
  }: WorldOptions = {},
) {
  const stores = before ? { ...before, [Symbol.asyncDispose]: async () => undefined } : await memoryStores(type)
  const place = { file: 'routes/r.yaml', line: 1, column: 1 }
  const batch = { maxMessages: 10, maxWaitSeconds: 0 }
  const branches = [{ when: undefined, to: ['voa'], ...(map !== undefined && { map }) }]
  const receiver: Receiver = {
    name: 'r.voa',
    label: 'voa',
    route: { kind: 'delivery', name: 'r', from: [type], when: undefined, branches, batch, limits: {}, place },
    branches: branches.map((branch) => ({ branch, mine: true })),
  }
  const consumer = new ReceiverConsumer({
    receiver,
    declaration: {
      capabilities: { idempotentSend: true },
      ...(acceptsContentType && { acceptsContentType }),
    } as AdapterDeclaration,
    adapter: { check: async () => undefined, [Symbol.asyncDispose]: async () => undefined, ...adapter },
    mappings,
    state: stores.state,
    events: new BrokerEvents(),
    authority: 'X99000001',
    now: () => new Date('2026-03-01T00:00:00Z'),
    references: new ReferenceNumbers(stores.log),
    maker: new MessageMaker(
      { code: 'X99000001', name: 'Borough of Sallowmere' },
      () => new Date('2026-03-01T00:00:00Z'),
    ),
    append: append ?? ((records) => stores.log.append(records)),
    retry: { baseDelayMs: 1, maxDelayMs: 1 },
    deliveredBefore,
  })
  return { consumer, ...stores, [Symbol.asyncDispose]: () => stores[Symbol.asyncDispose]() }
}
