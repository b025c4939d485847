import type { Adapter, AdapterContext, AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { AdapterConfiguration } from '@portreeve/configuration'
import type { RetryPolicy } from '@portreeve/core'
import type { Tracing } from '@portreeve/telemetry'
import type { Acceptance } from './acceptance.ts'
import type { Bell } from './bell.ts'
import type { BrokerEvents } from './events.ts'
import type { MessageMaker } from './message-maker.ts'
import type { Stores } from './open-stores.ts'
import type { ReferenceNumbers } from './reference-numbers.ts'

/** What lives as long as the process, whatever configuration it works with. */
export interface House
  extends Pick<Stores, 'folder' | 'log' | 'workers' | 'state' | 'ledger' | 'claims' | 'backupHold'> {
  readonly events: BrokerEvents
  readonly tracing: Tracing
  readonly references: ReferenceNumbers
  readonly maker: MessageMaker
  readonly acceptance: Acceptance
  readonly now: () => Date
  readonly retry: Partial<RetryPolicy>
  readonly openAdapter: OpenAdapter
  /** Rung when a person has started a replay or stopped one. */
  readonly replayDecided: Bell
  /** Where the status of a transaction can be read; empty without a door. */
  readonly statusAddress: (reference: string) => string
  /** Aborted when the broker stops. */
  readonly signal: AbortSignal
}

export type OpenAdapter = (
  declaration: AdapterDeclaration,
  config: AdapterConfiguration['config'],
  context: AdapterContext,
) => Promise<Adapter>
