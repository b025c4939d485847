import type { Configuration } from '@portreeve/configuration'
import { adapterNamed } from './adapters.ts'
import { CallGate } from './call-gate.ts'
import { watchDiskUntilStopped } from './disk-alarm.ts'
import type { House } from './house.ts'
import { keepHouseUntilStopped } from './housekeeping.ts'
import { projectUntilStopped } from './ledger-projection.ts'
import { type OpenMappings, openMappings } from './open-mappings.ts'
import { startProcesses } from './process/start-processes.ts'
import { ReceiverConsumer } from './receiver-consumer.ts'
import { type Receiver, receiversOf } from './receivers.ts'
import { deliveredBefore } from './replay/at-receiver.ts'
import { runReplaysUntilStopped } from './replay/run-replays.ts'
import type { AdapterSet } from './takeover/adapter-set.ts'
import { messageTopics, topicsOf } from './topics.ts'
import { startPollers, startReceivers, startSplitters } from './work.ts'

/** How long calls under way may take to finish before another configuration is taken over. */
const finishCallsWithinMs = 15_000

/** What lives as long as a configuration: pollers, splitters, receivers, processes, replays, and what keeps house by it. */
export class ConfiguredWork {
  readonly configuration: Configuration
  readonly adapters: AdapterSet
  readonly receivers: readonly Receiver[]
  readonly topics: readonly string[]
  readonly consumers: readonly ReceiverConsumer[]
  readonly #house: House
  readonly #mappings: OpenMappings
  readonly #gate: CallGate
  #ending = new AbortController()
  #working: Promise<unknown> = Promise.resolve()

  private constructor(configuration: Configuration, adapters: AdapterSet, house: House, mappings: OpenMappings) {
    this.configuration = configuration
    this.adapters = adapters
    this.receivers = receiversOf(configuration)
    this.topics = topicsOf(configuration).map(({ name }) => name)
    this.#house = house
    this.#mappings = mappings
    this.#gate = new CallGate()
    this.consumers = this.#makeConsumers()
  }

  /** Makes everything ready; nothing begins. Rejects as `openMappings` does. */
  static async prepare(configuration: Configuration, adapters: AdapterSet, house: House): Promise<ConfiguredWork> {
    await using opened = new AsyncDisposableStack()
    const mappings = opened.use(await openMappings(configuration))
    const work = new ConfiguredWork(configuration, adapters, house, mappings)
    opened.move()
    return work
  }

  /** Sets everything going, also after `end`. Cannot fail. */
  start(): void {
    this.#ending = new AbortController()
    this.#gate.open()
    const { configuration, receivers, topics } = this
    const house = this.#house
    const { log, workers, ledger, events, statusAddress, replayDecided: decided } = house
    const signal = AbortSignal.any([house.signal, this.#ending.signal])
    const valuesOf = ({ reference }: { readonly reference: string }) => ({
      authority: configuration.authority.name,
      statusAddress: statusAddress(reference),
    })
    const common = { ...house, configuration, receivers, topics, adapters: this.adapters.byLabel, valuesOf, signal }
    const working = [
      ...startPollers(common),
      ...startSplitters(common),
      ...startReceivers(this.consumers, common),
      ...startProcesses(common),
      workers.onOne('portreeve:replays', signal, (signal) =>
        runReplaysUntilStopped({ ...common, decided, areMany: workers.areMany, signal }),
      ),
      keepHouseUntilStopped(common),
      watchDiskUntilStopped(common),
    ]
    const following = new AbortController()
    const projecting = projectUntilStopped(log, ledger, messageTopics(topics), events, following.signal)
    this.#working = Promise.all(working).then(() => {
      following.abort()
      return projecting
    })
  }

  /** Takes nothing more in hand, lets calls under way finish for a while, and ends everything in order. */
  async end(): Promise<void> {
    this.#gate.close()
    await this.#gate.idle(finishCallsWithinMs, this.#house.signal)
    this.#ending.abort()
    await this.#working
  }

  /** Resolves when everything has ended: after `end`, or once the house is closed. */
  async ended(): Promise<void> {
    await this.#working
  }

  /** Closes what it had open, but for adapters that the other one has, too. After `ended`. */
  async close(other?: ConfiguredWork): Promise<void> {
    await this.#mappings[Symbol.asyncDispose]()
    await this.adapters.closeBut(other?.adapters)
  }

  #makeConsumers(): readonly ReceiverConsumer[] {
    const { log, workers, ledger, state, events, now, references, maker, retry, tracing, acceptance } = this.#house
    const { adapters, authority } = this.configuration
    const shared = { state, events, now, references, maker, retry, tracing, gate: this.#gate }
    const byLabel = this.adapters.byLabel
    return this.receivers.map((receiver) => {
      const instance = adapters.find(({ label }) => label === receiver.label)
      const declaration = instance && adapterNamed(instance.adapter)
      const adapter = byLabel.get(receiver.label)
      if (!declaration || !adapter) throw new TypeError(`no adapter ${receiver.label}; the linter should have said so`)
      return new ReceiverConsumer({
        ...shared,
        receiver,
        declaration,
        adapter,
        mappings: this.#mappings.byName,
        authority: authority.code,
        append: (records) => log.append(records),
        ...(workers.areMany && { share: { workers, areFirst: acceptance.areFirst.bind(acceptance) } }),
        deliveredBefore: deliveredBefore(log, ledger),
      })
    })
  }
}
