import { type Configuration, requireConfiguration } from '@portreeve/configuration'
import type { RetryPolicy } from '@portreeve/core'
import { PortreeveError } from '@portreeve/errors'
import type { Tracing } from '@portreeve/telemetry'
import { Metrics } from '@portreeve/telemetry/metrics'
import { Acceptance } from './acceptance.ts'
import { adapters as declarations } from './adapters.ts'
import { startAdminServer } from './admin-server.ts'
import { passOverGivenReferences } from './backup/restored-folder.ts'
import { Bell } from './bell.ts'
import { conditionProblems } from './conditions.ts'
import { ConfiguredWork } from './configured-work.ts'
import { type Door, openDoor } from './door.ts'
import { BrokerEvents, type BrokerListener } from './events.ts'
import type { House, OpenAdapter } from './house.ts'
import { projectToEnd } from './ledger-projection.ts'
import { MessageMaker } from './message-maker.ts'
import { readBroker } from './observation/broker-metrics.ts'
import { countedEvents } from './observation/counted-events.ts'
import { type Health, healthOf } from './observation/health.ts'
import { startTracing } from './observation/start-tracing.ts'
import { openStores } from './open-stores.ts'
import type { Operations } from './operations.ts'
import { ReferenceNumbers } from './reference-numbers.ts'
import { runningOperations } from './running-operations.ts'
import { AdapterSet } from './takeover/adapter-set.ts'
import { CurrentWork } from './takeover/current-work.ts'
import { messageTopics } from './topics.ts'

export interface BrokerOptions {
  readonly configuration: Configuration
  readonly listener?: BrokerListener
  /** Default: the machine's clock. */
  readonly now?: () => Date
  /** How a receiver that is down is tried again. Default: after up to a second, then up to twice as long each time, at most a minute. */
  readonly retry?: Partial<RetryPolicy>
  /** Default: the declaration's own `open`. */
  readonly openAdapter?: OpenAdapter
  /** The configuration as it stands by now, to be taken over. Default: read from its folder, with this process's environment. */
  readonly readAgain?: () => Promise<Configuration>
}

const openDeclared: OpenAdapter = (declaration, config, context) => declaration.open(config, context)

export interface Broker extends AsyncDisposable {
  /** Where transactions come in; `undefined` when none is configured. */
  readonly door: Door | undefined
  readonly operations: Operations
  readonly metrics: Metrics
  readonly tracing: Tracing
  /** How its parts are, without personal data. */
  health(): Health
  /** Takes nothing more in, lets what is under way finish, closes everything in order. Idempotent. */
  stop(): Promise<void>
}

/** Opens the data folder, the adapters and the admin socket, and sets everything going. Rejects as `openStores` does. */
export async function openBroker(options: BrokerOptions): Promise<Broker> {
  const { configuration, listener, now = () => new Date(), retry = {}, openAdapter = openDeclared } = options
  await using opened = new AsyncDisposableStack()
  const stores = opened.use(await openStores(configuration))
  const { folder, log, workers, state, ledger, claims, backupHold } = stores
  const metrics = new Metrics()
  const events = new BrokerEvents(
    listener,
    countedEvents(metrics, () => current.work.receivers),
  )
  workers.tellFaultsTo(events)
  const { tracing } = opened.use(await startTracing(configuration, events))
  const stopping = new AbortController()

  await passOverGivenReferences(folder, log)
  const references = new ReferenceNumbers(log)
  const maker = new MessageMaker(configuration.authority, now, configuration.record.version)
  const acceptance = new Acceptance({ log, seen: state.seen, references, maker, tracing, areMany: workers.areMany })
  const { signal } = stopping
  const house: House = {
    ...{ folder, log, workers, state, ledger, claims, backupHold },
    ...{ events, tracing, references, maker, acceptance, now, retry, openAdapter, signal },
    replayDecided: new Bell(),
    statusAddress: (reference) => door?.statusAddress(reference) ?? '',
  }
  const adapters = await AdapterSet.open(configuration, house)
  const work = await ConfiguredWork.prepare(configuration, adapters, house).catch(async (error) => {
    await adapters.closeBut()
    throw error
  })
  const current = new CurrentWork(house, work, options.readAgain ?? (() => readFrom(configuration)))
  opened.defer(() => current.work.close())
  readBroker(metrics, () => {
    const { receivers, topics, configuration: present } = current.work
    return { ...house, receivers, topics, configuration: present }
  })
  const doorParts = { ...house, current: () => current.work.configuration }
  const door = configuration.door ? await openDoor(doorParts) : undefined
  const operations = runningOperations(house, current)
  await current.writeDown()
  opened.use(await startAdminServer(folder.adminSocket, operations))

  // Nothing can fail from here on: what is set going is stopped by `stop` alone.
  current.work.start()

  const everything = opened.move()
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= (async () => {
      stopping.abort(new PortreeveError('PRV_BROKER_STOPPING'))
      await current.ended()
      await projectToEnd(log, ledger, messageTopics(current.work.topics))
      await everything.disposeAsync()
    })()
    return stopped
  }
  const health = () => healthOf(events)
  return { door, operations, metrics, tracing, health, stop, [Symbol.asyncDispose]: stop }
}

function readFrom({ folder }: Configuration): Promise<Configuration> {
  return requireConfiguration({ folder, declarations, conditionProblems })
}
