import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import type { Log, PartitionRange } from '@portreeve/log'
import { intakeGroup, processGroup, processTopic } from './process/process-topic.ts'
import type { Receiver } from './receivers.ts'
import { isReplayGroup } from './replay/replay-topic.ts'

/** A consumer group that a configuration asks for. */
export interface WantedGroup {
  readonly name: string
  readonly topics: readonly string[]
  readonly startFrom: 'beginning' | undefined
}

type Grouped = Pick<Configuration, 'routes' | 'processes'>

/** Every consumer group that a configuration asks for. */
export function wantedGroups({ routes, processes }: Grouped, receivers: readonly Receiver[]): readonly WantedGroup[] {
  return [
    ...receivers.map(({ name, route }) => ({ name, topics: route.from, startFrom: route.startFrom })),
    ...routes.flatMap(({ kind, name, from, startFrom }) =>
      kind === 'split' ? [{ name, topics: from, startFrom }] : [],
    ),
    ...processes.map(({ name, startsWith, answers }) => {
      return { name: intakeGroup(name), topics: [startsWith, answers], startFrom: undefined }
    }),
    ...(processes.length > 0 ? [{ name: processGroup, topics: [processTopic], startFrom: 'beginning' as const }] : []),
  ]
}

/**
 * Compares the consumer groups of the configuration with those that the log knows. Nothing may be sent again, or left
 * unsent, because a file was renamed or removed: that must be said. Groups that are new get their position here, before
 * anything is taken in, so that what comes from now on counts as theirs.
 *
 * Rejects with `PRV_BROKER_RECEIVER_GONE` when messages wait for a group that is no longer configured, and with
 * `PRV_BROKER_RECEIVER_NEW` when a new group would get messages that were there before it.
 */
export async function settleGroups(
  log: Log,
  configuration: Grouped & Pick<Configuration, 'retired'>,
  receivers: readonly Receiver[],
): Promise<void> {
  const wanted = wantedGroups(configuration, receivers)
  const names = new Set([...wanted.map(({ name }) => name), ...configuration.retired])
  for (const group of await log.groups())
    if (!names.has(group) && !isReplayGroup(group)) await refuseWaiting(log, group)
  for (const group of wanted) await joinTopics(log, group)
}

async function refuseWaiting(log: Log, group: string): Promise<void> {
  const waiting = await waitingFor(log, group)
  if (waiting > 0) throw new PortreeveError('PRV_BROKER_RECEIVER_GONE', { receiver: group, waiting })
}

/** Records that wait for a group, in all topics that it has read. */
export async function waitingFor(log: Log, group: string): Promise<number> {
  const topics = new Set((await log.positions(group)).map(({ topic }) => topic))
  const lags = await Promise.all([...topics].map((topic) => log.lag(group, topic)))
  return lags.reduce((sum, lag) => sum + lag, 0)
}

async function joinTopics(log: Log, group: WantedGroup): Promise<void> {
  for (const topic of await newTopicsOf(log, group)) {
    const ranges = await log.ranges(topic)
    const there = recordsIn(ranges)
    if (there > 0 && group.startFrom !== 'beginning') {
      throw new PortreeveError('PRV_BROKER_RECEIVER_NEW', { receiver: group.name, topic, messages: there })
    }
    for (const { partition, start } of ranges) await log.seek(group.name, { topic, partition, offset: start })
  }
}

/** Topics that a group has no position in yet. */
export async function newTopicsOf(log: Log, { name, topics }: WantedGroup): Promise<readonly string[]> {
  const known = new Set((await log.positions(name)).map(({ topic }) => topic))
  return topics.filter((topic) => !known.has(topic))
}

/** An upper bound where offsets have gaps. */
export function recordsIn(ranges: readonly PartitionRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0)
}
