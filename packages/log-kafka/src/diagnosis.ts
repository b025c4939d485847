import { connect } from 'node:net'
import type { ClusterMetadata } from '@platformatic/kafka'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { KafkaConnection } from './connection.ts'
import { inOurWords, type Moment, unnamed } from './errors.ts'
import { seen, withImpatientClient } from './greeting.ts'

/** Of a topic. */
const resourceType = 2 as const
const answerMs = 2000

/**
 * Why something did not come about in time, when the error only says that it did not: somebody who comes by now is refused, a
 * topic has gone, or too few copies are in step. Else the error itself.
 */
export async function diagnose(
  error: unknown,
  connection: KafkaConnection & Moment,
  topics: readonly string[],
): Promise<unknown> {
  if (!isPortreeveError(error, 'PRV_KAFKA_UNREACHABLE')) return named(error, connection, topics)
  const answers = new Answers()
  for (const topic of topics) {
    try {
      const cluster = await seen(connection, [topic])
      const lacking = await isLacking(topic, cluster, connection, answers)
      if (lacking === null) continue
      const details = { brokers: connection.brokers, topic, fault: lacking }
      return new PortreeveError('PRV_KAFKA_TOO_FEW_REPLICAS', details, { cause: error })
    } catch (told) {
      return isPortreeveError(told, 'PRV_KAFKA_UNREACHABLE') ? error : told
    }
  }
  return error
}

/** A client does not always know which topic it was: where there is only one, it is that one. */
function named(error: unknown, moment: Moment, [topic, ...others]: readonly string[]): unknown {
  if (!isPortreeveError(error) || error.details.topic !== unnamed || topic === undefined || others.length > 0)
    return error
  return inOurWords(error.cause, { ...moment, topic })
}

/** How many copies are in step and how many are needed, where it is too few. */
async function isLacking(
  topic: string,
  { topics, brokers }: ClusterMetadata,
  connection: KafkaConnection,
  answers: Answers,
): Promise<string | null> {
  const needed = await neededCopies(topic, connection)
  for (const { isr } of topics.get(topic)?.partitions ?? []) {
    // A cluster that has lost its controllers still tells of what it knew then.
    const living = await Promise.all(isr.map((id) => answers.of(brokers.get(id))))
    const inStep = living.filter(Boolean).length
    if (inStep < needed) return `${inStep} in step, ${needed} needed`
  }
  return null
}

/** One, where we may not look. */
async function neededCopies(topic: string, connection: KafkaConnection): Promise<number> {
  const name = 'min.insync.replicas'
  const asked = { resources: [{ resourceType, resourceName: topic, configurationKeys: [name] }] }
  try {
    const [found] = await withImpatientClient(connection, (client) => client.describeConfigs(asked))
    return Number(found?.configs.find((config) => config.name === name)?.value ?? 1)
  } catch {
    return 1
  }
}

/** Which brokers take a connection, each asked once. */
class Answers {
  readonly #asked = new Map<string, Promise<boolean>>()

  async of(broker: { readonly host: string; readonly port: number } | undefined): Promise<boolean> {
    if (!broker) return false
    const key = `${broker.host}:${broker.port}`
    const asked = this.#asked.get(key) ?? takesConnection(broker)
    this.#asked.set(key, asked)
    return await asked
  }
}

function takesConnection(address: { readonly host: string; readonly port: number }): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ ...address, timeout: answerMs })
  socket
    .once('connect', () => resolve(true))
    .once('error', () => resolve(false))
    .once('timeout', () => resolve(false))
  return promise.finally(() => socket.destroy())
}
