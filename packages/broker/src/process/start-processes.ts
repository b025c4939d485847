import type { Adapter } from '@portreeve/adapter-sdk'
import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import type { ProcessStore } from '@portreeve/state'
import type { Tracing } from '@portreeve/telemetry'
import type { BrokerEvents } from '../events.ts'
import { keepRunning } from '../keep-running.ts'
import type { MessageMaker } from '../message-maker.ts'
import type { Stores } from '../open-stores.ts'
import { ProcessDecider } from './decider.ts'
import { definitionsOf } from './definitions.ts'
import { type EffectParts, effectRecords } from './effect-records.ts'
import { intakeHandler } from './intake.ts'
import { judgeBy } from './judge.ts'
import { intakeGroup, processGroup, processTopic } from './process-topic.ts'
import { watchRegistersUntilStopped } from './registers.ts'
import { tellRemovedSystems } from './removed-systems.ts'
import { watchTimersUntilStopped } from './timers.ts'

export interface ProcessWork extends Pick<Stores, 'log' | 'workers' | 'state'> {
  readonly configuration: Configuration
  readonly adapters: ReadonlyMap<string, Adapter>
  readonly maker: MessageMaker
  readonly events: BrokerEvents
  readonly now: () => Date
  readonly valuesOf: EffectParts['valuesOf']
  readonly signal: AbortSignal
  readonly tracing: Tracing
}

/** Sets every process of the configuration going; nothing where there is none. */
export function startProcesses(work: ProcessWork): Promise<void>[] {
  const { configuration, log, workers, state, adapters, maker, events, now, valuesOf, signal, tracing } = work
  const { processes, quality } = configuration
  if (processes.length === 0) return []
  const store = state.processes
  const decider = new ProcessDecider({
    log,
    store,
    definitions: definitionsOf(configuration),
    areMany: workers.areMany,
    recordsOf: async (effects, instanceOf) =>
      effectRecords(effects, instanceOf, { processes, maker, valuesOf, tracing }),
  })
  const decide = () => log.consume({ group: processGroup, topics: [processTopic] }, decider.handler)
  const intakes = processes.map((process) => {
    const rules = quality.find(({ name }) => name === process.quality) ?? null
    const judge = judgeBy({ quality: rules, adapters, now, signal })
    const handler = intakeHandler({ process, log, store, judge, now, events, tracing })
    const topics = [process.startsWith, process.answers]
    const start = () => log.consume({ group: intakeGroup(process.name), topics }, handler)
    return keepRunning(`process ${process.name}`, start, events, signal)
  })
  const deciding = keepRunning('processes', decide, events, signal)
  return [
    ...intakes,
    // The last batch is taken over once its write set is in the log.
    Promise.all([deciding, decider.settleUntilStopped(signal)])
      .then(() => decider.settle())
      .then(() => undefined),
    watchRegistersUntilStopped({ configuration, adapters, events, signal }),
    workers.onOne('portreeve:timers', signal, (signal) => watchTimersUntilStopped({ log, store, now, events, signal })),
    workers.onOne('portreeve:removed-systems', signal, (signal) =>
      tellRemovedSystems({ configuration, log, store, now, events, signal }),
    ),
  ]
}

/** Throws `PRV_BROKER_PROCESS_GONE`: transactions under way need the process that they began with. */
export function refuseProcessGone({ processes }: Pick<Configuration, 'processes'>, store: ProcessStore): void {
  for (const { process, open } of store.counts()) {
    const isThere = processes.some(({ name }) => name === process)
    if (!isThere) throw new PortreeveError('PRV_BROKER_PROCESS_GONE', { process, open })
  }
}
