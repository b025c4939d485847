import { type Configuration, isInternalTopic, publishedTypes } from '@portreeve/configuration'
import type { TopicConfig } from '@portreeve/log'
import { adapters } from './adapters.ts'
import { referenceTopic } from './reference-numbers.ts'

export const deliveryTopic = 'portreeve.delivery.recorded'
export const invalidMessageTopic = 'portreeve.message.invalid'

/** Topics whose records are messages of ours: those that the ledger follows. */
export function messageTopics(topics: readonly string[]): readonly string[] {
  return topics.filter((topic) => topic !== referenceTopic && topic !== invalidMessageTopic)
}

const dayMs = 24 * 60 * 60 * 1000
const megabyte = 1024 * 1024

/** Every topic that this configuration publishes to or reads from. */
export function topicsOf(configuration: Configuration): readonly TopicConfig[] {
  const { routes, adapters: instances, door } = configuration
  const names = new Set<string>([
    referenceTopic,
    deliveryTopic,
    invalidMessageTopic,
    ...publishedTypes(routes, { adapters: instances, declarations: adapters, ...(door && { door }) }),
    ...routes.flatMap(({ from }) => from),
  ])
  return [...names].sort().map((name) => topicConfig(name, configuration))
}

function topicConfig(name: string, { topics }: Configuration): TopicConfig {
  if (isInternalTopic(name)) return { name }
  const { partitions = 1, retentionDays, retentionMegabytes } = topics.get(name) ?? {}
  return {
    name,
    partitions,
    ...(retentionDays !== undefined && { retentionMs: retentionDays * dayMs }),
    ...(retentionMegabytes !== undefined && { retentionBytes: retentionMegabytes * megabyte }),
  }
}
