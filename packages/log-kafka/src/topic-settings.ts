import type { TopicConfig, TopicDifference } from '@portreeve/log'
import type { ClusterTopic, TopicSettings } from './admin.ts'

/** So many copies, and one may be gone without a record being lost or refused. */
const safeCopies = 3
const dayMs = 24 * 60 * 60 * 1000
const largestMessage = { name: 'max.message.bytes', bytes: 1_100_000 } as const
const writtenTo = { name: 'min.insync.replicas', copies: 2 } as const

/** What must hold: the log gives the time, and lets nothing go by itself, for the broker would not wait for a group. */
function mustHold({ compaction = false }: TopicConfig): TopicSettings {
  return {
    // Without `delete`, Kafka would refuse to remove what the declared retention lets go.
    'cleanup.policy': compaction ? 'compact,delete' : 'delete',
    'message.timestamp.type': 'LogAppendTime',
    'retention.ms': '-1',
    'retention.bytes': '-1',
    ...(compaction && { 'min.compaction.lag.ms': String(dayMs) }),
  }
}

/** Settings that a topic is made with. `copies`: when they are known. */
export function settingsOf(config: TopicConfig, copies = 1): TopicSettings {
  return {
    ...mustHold(config),
    [largestMessage.name]: String(largestMessage.bytes),
    ...(copies >= safeCopies && { [writtenTo.name]: String(writtenTo.copies) }),
  }
}

/** Of the topic in which the log keeps what it needs itself: its last values hold for ever. */
export function keptSettings(copies = 1): TopicSettings {
  return { ...settingsOf({ name: '' }, copies), 'cleanup.policy': 'compact' }
}

/** In what a topic stands otherwise than its declaration has it made. `replication`: where it declares none. */
export function clusterDifferences(
  config: TopicConfig,
  { name: topic, copies, settings }: ClusterTopic,
  replication?: number,
): readonly TopicDifference[] {
  const differs = (setting: string, declared: string, actual: string, change: TopicDifference['change'] = 'set') => {
    return { topic, setting, declared, actual, change }
  }
  const wanted = config.replication ?? replication ?? copies
  const inSync = Number(settings.get(writtenTo.name))
  const largest = Number(settings.get(largestMessage.name))
  return [
    ...(wanted === copies ? [] : [differs('replication', String(wanted), String(copies), 'person')]),
    ...Object.entries({ ...mustHold(config), 'unclean.leader.election.enable': 'false' }).flatMap(([name, value]) => {
      const actual = settings.get(name) ?? ''
      return sorted(actual) === sorted(value) ? [] : [differs(name, value, actual)]
    }),
    ...(largest >= largestMessage.bytes
      ? []
      : [differs(largestMessage.name, String(largestMessage.bytes), String(largest))]),
    ...(copies >= safeCopies && inSync < writtenTo.copies
      ? [differs(writtenTo.name, String(writtenTo.copies), String(inSync))]
      : []),
    // Then one broker that is down stops all writing; whether that is meant, nobody here knows.
    ...(copies > 1 && inSync >= copies ? [differs(writtenTo.name, `below ${copies}`, String(inSync), 'person')] : []),
  ]
}

function sorted(list: string): string {
  return list.split(',').sort().join(',')
}
