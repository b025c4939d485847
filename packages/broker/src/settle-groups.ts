import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import type { Log } from '@portreeve/log'
import { intakeGroup, processGroup, processTopic } from './process/process-topic.ts'
import type { Receiver } from './receivers.ts'

/** A consumer group that the configuration asks for. */
interface WantedGroup {
  readonly name: string
  readonly topics: readonly string[]
  readonly startFrom: 'beginning' | undefined
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
  { routes, retired, processes }: Pick<Configuration, 'routes' | 'retired' | 'processes'>,
  receivers: readonly Receiver[],
): Promise<void> {
  const wanted: readonly WantedGroup[] = [
    ...receivers.map(({ name, route }) => ({ name, topics: route.from, startFrom: route.startFrom })),
    ...routes.flatMap(({ kind, name, from, startFrom }) =>
      kind === 'split' ? [{ name, topics: from, startFrom }] : [],
    ),
    ...processes.map(({ name, startsWith, answers }) => {
      return { name: intakeGroup(name), topics: [startsWith, answers], startFrom: undefined }
    }),
    ...(processes.length > 0 ? [{ name: processGroup, topics: [processTopic], startFrom: 'beginning' as const }] : []),
  ]
  const names = new Set([...wanted.map(({ name }) => name), ...retired])
  for (const group of await log.groups()) if (!names.has(group)) await refuseWaiting(log, group)
  for (const group of wanted) await joinTopics(log, group)
}

async function refuseWaiting(log: Log, group: string): Promise<void> {
  const topics = new Set((await log.positions(group)).map(({ topic }) => topic))
  const lags = await Promise.all([...topics].map((topic) => log.lag(group, topic)))
  const waiting = lags.reduce((sum, lag) => sum + lag, 0)
  if (waiting > 0) throw new PortreeveError('PRV_BROKER_RECEIVER_GONE', { receiver: group, waiting })
}

async function joinTopics(log: Log, { name, topics, startFrom }: WantedGroup): Promise<void> {
  const known = await log.positions(name)
  for (const topic of topics) {
    if (known.some((position) => position.topic === topic)) continue
    const ranges = await log.ranges(topic)
    const there = ranges.reduce((sum, { start, end }) => sum + end - start, 0)
    if (there > 0 && startFrom !== 'beginning') {
      throw new PortreeveError('PRV_BROKER_RECEIVER_NEW', { receiver: name, topic, messages: there })
    }
    for (const { partition, start } of ranges) await log.seek(name, { topic, partition, offset: start })
  }
}
