import { needsKafka, whyNoKafka } from './kafka.ts'
import { kafkaClientIsBuilt, needsKafkaClient } from './kafka-client.ts'

/** What stands in the title of a test that needs brokers and the client, where one is missing; else nothing. */
export function withoutKafka(): string {
  if (!kafkaClientIsBuilt()) return needsKafkaClient
  return whyNoKafka() === null ? '' : needsKafka
}
