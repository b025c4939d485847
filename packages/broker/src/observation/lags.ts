import type { Configuration } from '@portreeve/configuration'
import type { Ledger } from '@portreeve/ledger'
import { hasRecordsFrom, type Log } from '@portreeve/log'
import { intakeGroup, processGroup, processTopic } from '../process/process-topic.ts'
import type { Receiver } from '../receivers.ts'

/** A consumer group and the topics that it reads. */
export interface Group {
  readonly group: string
  readonly from: readonly string[]
}

/** Every consumer group of a configuration: receivers, splitters, processes. */
export function groupsOf(
  { routes, processes }: Pick<Configuration, 'routes' | 'processes'>,
  receivers: readonly Receiver[],
): readonly Group[] {
  const intakes = processes.map(({ name, startsWith, answers }) => ({
    group: intakeGroup(name),
    from: [startsWith, answers],
  }))
  return [
    ...receivers.map(({ name, route: { from } }) => ({ group: name, from })),
    ...routes.flatMap((route) => (route.kind === 'split' ? [{ group: route.name, from: route.from }] : [])),
    ...intakes,
    ...(processes.length === 0 ? [] : [{ group: processGroup, from: [processTopic] }]),
  ]
}

export async function lagOf(log: Pick<Log, 'lag'>, group: string, from: readonly string[]): Promise<number> {
  const lags = await Promise.all(from.map((topic) => log.lag(group, topic)))
  return lags.reduce((sum, lag) => sum + lag, 0)
}

/** Records that the ledger has yet to take over: an upper bound where offsets have gaps. */
export async function ledgerLag(
  log: Pick<Log, 'ranges' | 'read'>,
  ledger: Pick<Ledger, 'position'>,
  topics: readonly string[],
): Promise<number> {
  const lags = await Promise.all(
    topics.map(async (topic) => {
      const ranges = await log.ranges(topic)
      return await Promise.all(
        ranges.map(async (range) => {
          const next = ledger.position(topic, range.partition) ?? 0
          return (await hasRecordsFrom(log, topic, range, next)) ? range.end - Math.max(range.start, next) : 0
        }),
      )
    }),
  )
  return lags.flat().reduce((sum, lag) => sum + lag, 0)
}
