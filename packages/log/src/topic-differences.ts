import type { TopicConfig, TopicDescription, TopicDifference } from './topic.ts'

/** What every engine can say of topics that it describes. `more`: what it takes to give one more partitions. */
export function topicDifferences(
  declared: readonly TopicConfig[],
  described: readonly TopicDescription[],
  more: TopicDifference['change'],
): readonly TopicDifference[] {
  const found = new Map(described.map((description) => [description.name, description]))
  return declared.flatMap((config): readonly TopicDifference[] => {
    const topic = config.name
    const description = found.get(topic)
    if (!description) return [{ topic, setting: 'topic', declared: 'there', actual: 'missing', change: 'set' }]
    const { partitions = 1 } = config
    const isMore = partitions > description.partitions
    const all: readonly (TopicDifference | null)[] = [
      difference(topic, 'partitions', partitions, description.partitions, isMore ? more : 'person'),
      difference(topic, 'retentionMs', config.retentionMs, description.retentionMs, 'set'),
      difference(topic, 'retentionBytes', config.retentionBytes, description.retentionBytes, 'set'),
    ]
    return all.filter((one) => one !== null)
  })
}

function difference(
  topic: string,
  setting: string,
  declared: number | undefined,
  actual: number | undefined,
  change: TopicDifference['change'],
): TopicDifference | null {
  return declared === actual ? null : { topic, setting, declared: inWords(declared), actual: inWords(actual), change }
}

function inWords(value: number | undefined): string {
  return value === undefined ? 'no limit' : String(value)
}
