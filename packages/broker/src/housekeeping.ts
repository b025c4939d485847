import { setTimeout as sleep } from 'node:timers/promises'
import type { Configuration } from '@portreeve/configuration'
import type { State } from '@portreeve/state'
import type { BrokerEvents } from './events.ts'
import type { Stores } from './open-stores.ts'
import { intakeGroup, processGroup } from './process/process-topic.ts'
import { readReplays } from './replay/replay-records.ts'
import { replayGroup } from './replay/replay-topic.ts'
import { isUnderWay } from './replay/run-replays.ts'

const everyMs = 10 * 60 * 1000
const dayMs = 24 * 60 * 60 * 1000
/** How long ids are remembered; a copy of a message that is older than this is taken for a new one. */
const rememberSeenMs = 400 * dayMs
/** How long decisions about dead letters are kept after the key is free. */
const rememberDecisionsMs = 400 * dayMs
/** How long the story of a transaction is kept after it is over. */
const rememberProcessesMs = 400 * dayMs
/** How long the bytes of a file are kept after it was dealt with. */
const keepClaimsMs = 90 * dayMs

/** Enforces retention now and then. The log gives up nothing that a receiver, the ledger or a dead letter still needs. */
export async function keepHouseUntilStopped(
  parts: Pick<Stores, 'log' | 'workers' | 'state' | 'ledger' | 'claims' | 'receivers' | 'backupHold'> & {
    configuration: Configuration
    now: () => Date
    events: BrokerEvents
    signal: AbortSignal
  },
): Promise<void> {
  const { workers, events, backupHold } = parts
  const everySoOften = async (what: string, signal: AbortSignal, work: () => Promise<void>) => {
    while (!signal.aborted) {
      await sleep(everyMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      try {
        await backupHold.unlessHeld(work)
        events.recovered(what)
      } catch (error) {
        events.failed(what, error)
      }
    }
  }
  await Promise.all([
    everySoOften('forgetting', parts.signal, () => forgetOld(parts)),
    workers.onOne('portreeve:housekeeping', parts.signal, (signal) =>
      everySoOften('housekeeping', signal, () => keepHouse(parts)),
    ),
  ])
}

export async function keepHouse({
  log,
  state,
  ledger,
  claims,
  receivers,
  configuration,
  now = () => new Date(),
}: Pick<Stores, 'log' | 'state' | 'ledger' | 'claims' | 'receivers'> & {
  configuration: Configuration
  now?: () => Date
}): Promise<void> {
  const before = (ms: number) => new Date(now().getTime() - ms)
  const splitRoutes = configuration.routes.filter(({ kind }) => kind === 'split')
  const splitters = splitRoutes.map(({ name }) => name)
  await log.enforceRetention({
    groups: [
      ...receivers.map(({ name }) => name),
      ...splitters,
      ...processGroupsOf(configuration),
      ...(await replayGroups(log)),
    ],
    positions: [...ledger.positions(), ...(await state.parked.lowestPlaces())],
  })
  // Old files are given up only while no splitter has any left to read.
  const lags = await Promise.all(splitRoutes.flatMap(({ name, from }) => from.map((topic) => log.lag(name, topic))))
  if (lags.every((lag) => lag === 0)) {
    await claims.removeUnheld({ isHeld: () => false, stagedBefore: before(keepClaimsMs) })
  }
}

/** Lets go of what is too old to be asked for. Each worker has its own to forget. */
export async function forgetOld({ state, now = () => new Date() }: { state: State; now?: () => Date }): Promise<void> {
  const before = (ms: number) => new Date(now().getTime() - ms)
  await state.seen.forget(before(rememberSeenMs))
  await state.parked.forget(before(rememberDecisionsMs))
  state.processes.forget(before(rememberProcessesMs))
}

async function replayGroups(log: Pick<Stores['log'], 'ranges' | 'read'>): Promise<readonly string[]> {
  return (await readReplays(log)).filter(isUnderWay).map(({ started }) => replayGroup(started.replay))
}

function processGroupsOf({ processes }: Configuration): readonly string[] {
  return processes.length === 0 ? [] : [processGroup, ...processes.map(({ name }) => intakeGroup(name))]
}
