import { type Configuration, isInternalTopic, publishedTypes, type TopicConfiguration } from '@portreeve/configuration'
import type { TopicConfig } from '@portreeve/log'
import { adapters } from './adapters.ts'
import { processTopic } from './process/process-topic.ts'
import { referenceTopic } from './reference-numbers.ts'
import { replayTopic } from './replay/replay-topic.ts'

export const deliveryTopic = 'portreeve.delivery.recorded'
export const invalidMessageTopic = 'portreeve.message.invalid'

const withoutMessages: ReadonlySet<string> = new Set([referenceTopic, invalidMessageTopic, processTopic, replayTopic])

/** Topics whose records are messages of ours: those that the ledger follows. */
export function messageTopics(topics: readonly string[]): readonly string[] {
  return topics.filter((topic) => !withoutMessages.has(topic))
}

const dayMs = 24 * 60 * 60 * 1000
const megabyte = 1024 * 1024

type TopicSources = Pick<Configuration, 'routes' | 'adapters' | 'door' | 'processes' | 'topics'>

/** Every topic that this configuration publishes to or reads from. */
export function topicsOf(configuration: TopicSources): readonly TopicConfig[] {
  const { routes, adapters: instances, door, processes } = configuration
  const names = new Set<string>([
    referenceTopic,
    deliveryTopic,
    invalidMessageTopic,
    replayTopic,
    ...publishedTypes(routes, { adapters: instances, declarations: adapters, ...(door && { door }), processes }),
    ...processes.flatMap(({ startsWith, requests, answers }) => [processTopic, startsWith, requests, answers]),
    ...routes.flatMap(({ from }) => from),
  ])
  return [...names].sort().map((name) => topicConfig(name, configuration))
}

function topicConfig(name: string, { topics, processes }: TopicSources): TopicConfig {
  if (name === processTopic) return { name, ...keptAsLongAs(processes.map(({ startsWith }) => topics.get(startsWith))) }
  if (isInternalTopic(name)) return { name }
  const { partitions = 1, retentionDays, retentionMegabytes, compaction, replication } = topics.get(name) ?? {}
  return {
    name,
    partitions,
    ...(retentionDays !== undefined && { retentionMs: retentionDays * dayMs }),
    ...(retentionMegabytes !== undefined && { retentionBytes: retentionMegabytes * megabyte }),
    ...(compaction !== undefined && { compaction }),
    ...(replication !== undefined && { replication }),
  }
}

/** What processes have learnt holds their transactions: it is kept as long as the longest of these, and no longer. */
function keptAsLongAs(topics: readonly (TopicConfiguration | undefined)[]): Partial<TopicConfig> {
  const days = topics.map((topic) => topic?.retentionDays ?? Number.POSITIVE_INFINITY)
  const longest = Math.max(...days)
  return Number.isFinite(longest) ? { retentionMs: longest * dayMs } : {}
}
