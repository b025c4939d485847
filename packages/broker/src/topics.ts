import type { Configuration } from '@portreeve/configuration'
import type { TopicConfig } from '@portreeve/log'
import { adapterNamed } from './adapters.ts'
import { referenceTopic } from './reference-numbers.ts'
import { reportProposed } from './refusal-notice.ts'
import { siblingType } from './splitter-consumer.ts'

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
  const names = new Set<string>([referenceTopic, deliveryTopic, invalidMessageTopic])
  for (const { adapter } of configuration.adapters) {
    const declaration = adapterNamed(adapter)
    if (declaration?.capabilities.poll) for (const type of declaration.emits) names.add(type)
  }
  for (const route of configuration.routes) {
    for (const type of route.from) {
      names.add(type)
      if (type === reportProposed) names.add(siblingType(type, 'refused'))
    }
    if (route.kind === 'split') {
      for (const type of route.from) {
        names.add(siblingType(type, 'split'))
        names.add(siblingType(type, 'refused'))
      }
      const instance = configuration.adapters.find(({ label }) => label === route.split)
      const recordType = instance && adapterNamed(instance.adapter)?.documents?.recordType
      if (recordType === undefined) continue
      names.add(recordType)
      names.add(siblingType(recordType, 'refused'))
    }
  }
  return [...names].sort().map((name) => topicConfig(name, configuration))
}

function topicConfig(name: string, configuration: Configuration): TopicConfig {
  const wanted = configuration.topics.get(name)
  return {
    name,
    partitions: wanted?.partitions ?? 1,
    ...(wanted?.retentionDays !== undefined && { retentionMs: wanted.retentionDays * dayMs }),
    ...(wanted?.retentionMegabytes !== undefined && { retentionBytes: wanted.retentionMegabytes * megabyte }),
  }
}
