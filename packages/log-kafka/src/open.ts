import { randomUUID } from 'node:crypto'
import type { Log } from '@portreeve/log'
import { Admin } from './admin.ts'
import type { KafkaConnection } from './connection.ts'
import { diagnose } from './diagnosis.ts'
import { Ends } from './ends.ts'
import { greet } from './greeting.ts'
import { Kept, notedTopic } from './kept.ts'
import { KafkaLog, type LogParts } from './log.ts'
import { PrefixedLog } from './prefixed-log.ts'
import { Producer } from './producer.ts'
import { loadRdkafka, type Rdkafka } from './rdkafka.ts'
import { Reader } from './reader.ts'
import { keptSettings } from './topic-settings.ts'
import { Topics } from './topics.ts'

/** Opens a log on a Kafka cluster. The caller closes it. Rejects with `PRV_KAFKA_…`. */
export async function openKafkaLog(connection: KafkaConnection): Promise<Log> {
  return await openLogOn(await loadRdkafka(), connection)
}

/** On another client, or with other patience, than `openKafkaLog`. */
export async function openLogOn(
  rdkafka: Rdkafka,
  connection: KafkaConnection,
  patience: Pick<LogParts, 'stalledAfterMs'> = {},
): Promise<Log> {
  const { prefix = '', transactionalId = `${prefix}portreeve-${randomUUID()}` } = connection
  await greet(connection)
  const admin = new Admin(connection)
  const ends = new Ends(admin)
  const reader = new Reader(rdkafka, connection, ends)
  const producer = new Producer({
    rdkafka,
    connection: { ...connection, transactionalId },
    ends,
    reader,
    explain: (error, about) => diagnose(error, { ...connection, transactionalId }, about),
    placeOf: (record) => (record.topic === kept.topic ? 0 : topics.placeOf(record)),
  })
  const kept = new Kept(ends, reader, producer, `${prefix}${notedTopic}`)
  const topics = new Topics(admin, kept, (topic) => producer.learn(topic), connection.replication)
  if (!(await admin.topics()).has(kept.topic)) {
    await admin.createTopic(kept.topic, 1, keptSettings(connection.replication))
  }
  const log = new KafkaLog({ rdkafka, connection, admin, ends, reader, producer, kept, topics, ...patience })
  return prefix === '' ? log : new PrefixedLog(log, prefix)
}
