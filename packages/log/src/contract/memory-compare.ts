import { PortreeveError } from '@portreeve/errors'
import type { TopicConfig, TopicDifference } from '../topic.ts'
import { topicDifferences } from '../topic-differences.ts'
import type { MemoryStore } from './memory-store.ts'

export function compareMemoryTopics(store: MemoryStore, declared: readonly TopicConfig[]): readonly TopicDifference[] {
  const described = [...store.topics.values()].map(({ config }) => config)
  const compacted = declared.flatMap(({ name: topic, compaction = false }): readonly TopicDifference[] => {
    const actual = store.topics.get(topic)?.config.compaction ?? false
    const isThere = store.topics.has(topic)
    if (!isThere || actual === compaction) return []
    return [{ topic, setting: 'compaction', declared: `${compaction}`, actual: `${actual}`, change: 'set' }]
  })
  return [...topicDifferences(declared, described, 'person'), ...compacted]
}

export function alignMemoryTopic(store: MemoryStore, declared: TopicConfig, difference: TopicDifference): void {
  const { topic, setting, declared: wanted, actual, change } = difference
  if (change !== 'set') throw new PortreeveError('PRV_LOG_TOPIC_BY_HAND', { topic, setting, declared: wanted, actual })
  const { partitions: _, ...others } = declared
  store.createTopic(setting === 'topic' ? declared : others)
  const made = store.topic(topic)
  made.config = { ...made.config, compaction: declared.compaction ?? false }
}
