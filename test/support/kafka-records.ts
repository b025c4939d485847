import {
  Admin,
  type AdminOptions,
  Consumer,
  Producer,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka'

/** How a cluster is reached; `brokers` as `host:port`, joined by commas. */
export type Reached = { readonly brokers: string } & Pick<AdminOptions, 'tls' | 'sasl'>

/** Every answer within so long: a broker that is gone is noticed. */
function clientOptions({ brokers, ...security }: Reached): AdminOptions {
  return { clientId: 'test', bootstrapBrokers: brokers.split(','), timeout: 5000, retries: 1, ...security }
}

/** Asks what only an administrator may ask; the client is closed whatever comes of it. */
export async function administer<T>(reached: Reached, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Admin(clientOptions(reached))
  try {
    return await work(admin)
  } finally {
    await admin.close()
  }
}

/** Acknowledged by every replica that is in sync, or an error. */
export async function produce(reached: Reached, topic: string, values: readonly string[]): Promise<void> {
  const producer = new Producer({ ...clientOptions(reached), serializers: stringSerializers })
  try {
    await producer.send({ messages: values.map((value) => ({ topic, value })), acks: -1 })
  } finally {
    await producer.close()
  }
}

/** So many values from the beginning of a topic of one partition. */
export async function consume(reached: Reached, topic: string, count: number): Promise<readonly string[]> {
  const options = { groupId: `reads-${topic}`, deserializers: stringDeserializers, autocommit: false }
  const consumer = new Consumer({ ...clientOptions(reached), ...options })
  const values: string[] = []
  try {
    const stream = await consumer.consume({ topics: [topic], mode: 'earliest' })
    for await (const message of stream) if (values.push(message.value) === count) break
  } finally {
    await consumer.close(true)
  }
  return values
}

/** The broker that leads the first partition. */
export async function leaderOf(reached: Reached, topic: string): Promise<number> {
  const metadata = await administer(reached, (admin) => admin.metadata({ topics: [topic], forceUpdate: true }))
  const [partition] = metadata.topics.get(topic)?.partitions ?? []
  return partition?.leader ?? -1
}
