import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { java, kafkaClasspath } from '../../docker/kafka/jars.ts'
import type { Flow } from './kafka-bare.ts'

/** Records a second by Kafka's `kafka-producer-perf-test.sh`, idempotent and with `acks=all`. */
export async function produceByTool({ brokers, topic, records }: Flow, bytes: number): Promise<number> {
  const size = ['--num-records', `${records}`, '--record-size', `${bytes}`, '--throughput', '-1']
  const settings = ['--command-property', `bootstrap.servers=${brokers}`, 'acks=all', 'enable.idempotence=true']
  const text = await tool('org.apache.kafka.tools.ProducerPerformance', ['--topic', topic, ...size, ...settings])
  const last = text.trim().split('\n').at(-1) ?? ''
  return numberIn(/, ([\d.]+) records\/sec/.exec(last), text)
}

/** Records a second by Kafka's `kafka-consumer-perf-test.sh`, from when its group has shared the partitions. */
export async function consumeByTool({ brokers, topic, records }: Flow): Promise<number> {
  const words = ['--bootstrap-server', brokers, '--topic', topic, '--num-records', `${records}`, '--hide-header']
  const text = await tool('org.apache.kafka.tools.ConsumerPerformance', words)
  const figures = text.trim().split('\n').at(-1)?.split(', ') ?? []
  return numberIn(/^([\d.]+)$/.exec(figures.at(-1) ?? ''), text)
}

/** As Kafka's own scripts run it. */
async function tool(mainClass: string, words: readonly string[]): Promise<string> {
  const options = ['-Xmx512m', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20', '-cp', await kafkaClasspath(), mainClass]
  const { stdout } = await promisify(execFile)(java, [...options, ...words])
  return stdout
}

function numberIn(match: RegExpExecArray | null, text: string): number {
  if (!match) throw new TypeError(`Kafka's tool said something else: ${text.slice(0, 1000)}`)
  return Number(match[1])
}
