import { type ClusterOptions, type KafkaCluster, startCluster } from '../../docker/kafka/cluster.ts'
import { whyNoCluster } from '../../docker/kafka/jars.ts'
import { runTool } from '../../docker/kafka/run-tool.ts'
import type { Properties } from '../../docker/kafka/server-properties.ts'

export type { ClusterOptions, KafkaCluster }
/** Kafka's own programs, by the name of their class: `await runTool('org.apache.kafka.tools.TopicCommand', ['--list', …])`. */
export { runTool }

/** What stands in the title of a test that is skipped without a broker. */
export const needsKafka = ' [needs Kafka]'

/** Of brokers that live for one test: little to set up, quick to notice a broker that is gone, short sessions allowed. */
const testProperties: Properties = {
  'offsets.topic.num.partitions': 5,
  'transaction.state.log.num.partitions': 5,
  'group.min.session.timeout.ms': 1000,
  'broker.session.timeout.ms': 3000,
  'broker.heartbeat.interval.ms': 500,
  'log.cleaner.dedupe.buffer.size': 2_000_000,
}

let answer: string | null | undefined

/** Why no cluster can be started here, in a sentence, which is also written to the console once; `null` when one can. */
export function whyNoKafka(): string | null {
  if (answer === undefined) {
    answer = whyNoCluster()
    if (answer !== null) console.warn(`No Kafka: ${answer}`)
  }
  return answer
}

/** The same for a test that any broker in plain text will do for: `KAFKA_BROKERS` is one. */
export function whyNoBroker(): string | null {
  return given() === undefined ? whyNoKafka() : null
}

/** Brokers of the test's own, on free ports of 127.0.0.1. They are gone when the test's process is. */
export function startKafka(options: ClusterOptions = {}): Promise<KafkaCluster> {
  return startCluster({ ...options, properties: { ...testProperties, ...options.properties } })
}

/** A broker in plain text whose topics are shared: names of its own are the test's business. */
export interface AnyBroker extends AsyncDisposable {
  /** `127.0.0.1:29092`, several joined by commas. */
  readonly brokers: string
  close(): Promise<void>
}

/** The one that `KAFKA_BROKERS` names, or one of the test's own. */
export async function anyBroker(): Promise<AnyBroker> {
  const brokers = given()
  if (brokers === undefined) return startKafka()
  const close = async () => {}
  return { brokers, close, [Symbol.asyncDispose]: close }
}

function given(): string | undefined {
  return process.env.KAFKA_BROKERS || undefined
}
