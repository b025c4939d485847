import type { Adapter, AdapterContext, AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { AdapterConfiguration, Configuration } from '@portreeve/configuration'
import type { RetryPolicy } from '@portreeve/core'
import { PortreeveError } from '@portreeve/errors'
import type { Tracing } from '@portreeve/telemetry'
import { Metrics } from '@portreeve/telemetry/metrics'
import { Acceptance } from './acceptance.ts'
import { adapterNamed } from './adapters.ts'
import { startAdminServer } from './admin-server.ts'
import { passOverGivenReferences } from './backup/restored-folder.ts'
import { Bell } from './bell.ts'
import { watchDiskUntilStopped } from './disk-alarm.ts'
import { type Door, openDoor } from './door.ts'
import { BrokerEvents, type BrokerListener } from './events.ts'
import { keepHouseUntilStopped } from './housekeeping.ts'
import { projectToEnd, projectUntilStopped } from './ledger-projection.ts'
import { localOperations } from './local-operations.ts'
import { MessageMaker } from './message-maker.ts'
import { readBroker } from './observation/broker-metrics.ts'
import { countedEvents } from './observation/counted-events.ts'
import { type Health, healthOf } from './observation/health.ts'
import { startTracing } from './observation/start-tracing.ts'
import { openMappings } from './open-mappings.ts'
import { openStores } from './open-stores.ts'
import type { Operations } from './operations.ts'
import { startProcesses } from './process/start-processes.ts'
import { ReceiverConsumer } from './receiver-consumer.ts'
import { ReferenceNumbers } from './reference-numbers.ts'
import { deliveredBefore } from './replay/at-receiver.ts'
import { runReplaysUntilStopped } from './replay/run-replays.ts'
import { writeActiveConfiguration } from './takeover/active-configuration.ts'
import { messageTopics } from './topics.ts'
import { startPollers, startReceivers, startSplitters } from './work.ts'

export interface BrokerOptions {
  readonly configuration: Configuration
  readonly listener?: BrokerListener
  /** Default: the machine's clock. */
  readonly now?: () => Date
  /** How a receiver that is down is tried again. Default: after up to a second, then up to twice as long each time, at most a minute. */
  readonly retry?: Partial<RetryPolicy>
  /** Default: the declaration's own `open`. */
  readonly openAdapter?: (
    declaration: AdapterDeclaration,
    config: AdapterConfiguration['config'],
    context: AdapterContext,
  ) => Promise<Adapter>
}

const openDeclared: NonNullable<BrokerOptions['openAdapter']> = (declaration, config, context) =>
  declaration.open(config, context)

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
  const { log, state, ledger, claims, topics } = stores
  const metrics = new Metrics()
  const events = new BrokerEvents(listener, countedEvents(metrics, stores.receivers))
  const { tracing } = opened.use(await startTracing(configuration, events))
  readBroker(metrics, { ...stores, configuration, events, now })
  const authority = configuration.authority.code
  const intake = new AbortController()
  const following = new AbortController()
  const since = now().toISOString()

  const adapters = new Map<string, Adapter>()
  for (const { label, adapter: name, config } of configuration.adapters) {
    const declaration = adapterNamed(name)
    if (!declaration) throw new TypeError(`no adapter ${name}; the linter should have said so`)
    const context = { label, authority, now, signal: intake.signal, claims }
    adapters.set(label, opened.use(await openAdapter(declaration, config, context)))
  }

  await passOverGivenReferences(stores.folder, log)
  const references = new ReferenceNumbers(log)
  const maker = new MessageMaker(configuration.authority, now, configuration.record.version)
  const acceptance = new Acceptance({ log, seen: state.seen, references, maker, tracing })

  const { byName: mappings } = opened.use(await openMappings(configuration))
  const decided = new Bell()
  const before = deliveredBefore(log, ledger)
  const consumers = stores.receivers.map((receiver) => {
    const instance = configuration.adapters.find(({ label }) => label === receiver.label)
    const declaration = instance && adapterNamed(instance.adapter)
    const adapter = adapters.get(receiver.label)
    if (!declaration || !adapter) throw new TypeError(`no adapter ${receiver.label}; the linter should have said so`)
    const append: typeof log.append = (records) => log.append(records)
    const shared = {
      mappings,
      state,
      events,
      authority,
      now,
      references,
      maker,
      append,
      retry,
      tracing,
      deliveredBefore: before,
    }
    return new ReceiverConsumer({ receiver, declaration, adapter, ...shared })
  })
  const { door: doorway, processes } = configuration
  const doorParts = { ...stores, processes, acceptance, events, signal: intake.signal }
  const door = doorway ? await openDoor({ ...doorParts, configuration: doorway }) : undefined
  const operations = localOperations({
    ...stores,
    configuration,
    dataFolder: stores.folder.path,
    running: () => ({
      pid: process.pid,
      since,
      failing: [...events.failing].map(([what, code]) => ({ what, code })),
      paused: pausedOf(events, consumers),
      underWay: events.underWay,
    }),
    onReplayDecided: () => decided.ring(),
    onReleased: (receiver) => consumers.find(({ name }) => name === receiver)?.released.ring(),
  })
  await writeActiveConfiguration(stores.folder, {
    since,
    folder: configuration.folder,
    record: configuration.record,
  })
  opened.use(await startAdminServer(stores.folder.adminSocket, operations))

  // Nothing can fail from here on: what is set going is stopped by `stop` alone.
  const common = {
    ...stores,
    configuration,
    adapters,
    acceptance,
    references,
    maker,
    events,
    now,
    valuesOf: ({ reference }: { readonly reference: string }) => ({
      authority: configuration.authority.name,
      statusAddress: door?.statusAddress(reference) ?? '',
    }),
    signal: intake.signal,
    tracing,
  }
  const working = [
    ...startPollers(common),
    ...startSplitters(common),
    ...startReceivers(consumers, common),
    ...startProcesses(common),
    runReplaysUntilStopped({ ...common, decided }),
    keepHouseUntilStopped(common),
    watchDiskUntilStopped(common),
  ]
  const ledgerTopics = messageTopics(topics)
  const projecting = projectUntilStopped(log, ledger, ledgerTopics, events, following.signal)

  const everything = opened.move()
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= (async () => {
      intake.abort(new PortreeveError('PRV_BROKER_STOPPING'))
      await Promise.all(working)
      following.abort()
      await projecting
      await projectToEnd(log, ledger, ledgerTopics)
      await everything.disposeAsync()
    })()
    return stopping
  }
  const health = () => healthOf(events)
  return { door, operations, metrics, tracing, health, stop, [Symbol.asyncDispose]: stop }
}

function pausedOf({ pausedReceivers }: BrokerEvents, consumers: readonly ReceiverConsumer[]) {
  return new Map(
    [...pausedReceivers].map(([receiver, pause]) => {
      const { retryAt = null } = consumers.find(({ name }) => name === receiver)?.delivery ?? {}
      return [receiver, { ...pause, retryAt: retryAt?.toISOString() ?? null }]
    }),
  )
}
