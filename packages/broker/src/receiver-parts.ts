import type { Adapter, AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { RetryPolicy } from '@portreeve/core'
import type { LogRecord } from '@portreeve/log'
import type { Mapping } from '@portreeve/mappings'
import type { State } from '@portreeve/state'
import type { Tracing } from '@portreeve/telemetry'
import type { CallGate } from './call-gate.ts'
import type { BrokerEvents } from './events.ts'
import type { MessageMaker } from './message-maker.ts'
import type { Receiver } from './receivers.ts'
import type { ReferenceNumbers } from './reference-numbers.ts'
import type { DeliveredBefore } from './replay/at-receiver.ts'
import type { ReceiverShareParts } from './workers/receiver-share.ts'

export interface ReceiverParts {
  readonly receiver: Receiver
  readonly declaration: AdapterDeclaration
  readonly adapter: Adapter
  /** By name. */
  readonly mappings: ReadonlyMap<string, Mapping>
  readonly state: State
  readonly events: BrokerEvents
  readonly authority: string
  readonly now: () => Date
  readonly references: ReferenceNumbers
  readonly maker: MessageMaker
  /** For what is to be known at once, such as an unknown outcome. */
  readonly append: (records: readonly LogRecord[]) => Promise<unknown>
  readonly retry: Partial<RetryPolicy>
  readonly deliveredBefore: DeliveredBefore
  /** Where others may work beside this one. */
  readonly share?: ReceiverShareParts
  /** Closed when no more calls are to begin. Default: always open. */
  readonly gate?: CallGate
  /** Default: none. */
  readonly tracing?: Tracing
}
