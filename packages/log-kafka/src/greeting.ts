import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from 'node:tls'
import { Admin as Client, type ClusterMetadata } from '@platformatic/kafka'
import { isPortreeveError } from '@portreeve/errors'
import type { KafkaConnection } from './connection.ts'
import { inOurWords } from './errors.ts'
import { adminSecurity } from './security.ts'

const patienceMs = 3000
const tries = 4
const askAgainMs = 1000

/** A client for a few questions to a cluster that may be in trouble: it asks once, and soon gives up. */
export async function withImpatientClient<Answer>(
  connection: KafkaConnection,
  ask: (client: Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new Client({
    clientId: 'portreeve',
    bootstrapBrokers: connection.brokers.split(','),
    connectTimeout: patienceMs,
    requestTimeout: patienceMs,
    retries: 0,
    autocreateTopics: false,
    ...adminSecurity(connection),
  })
  try {
    return await ask(client)
  } finally {
    await client.close()
  }
}

/**
 * Resolves when a broker has let us in. Brokers that are not there are given a few seconds; one that refuses the login or shows
 * a certificate that is not trusted is not asked again: `PRV_KAFKA_UNREACHABLE`, `PRV_KAFKA_LOGIN`, `PRV_KAFKA_CERTIFICATE`.
 */
export async function greet(connection: KafkaConnection): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      await seen(connection, [])
      return
    } catch (error) {
      if (count === tries || !isPortreeveError(error, 'PRV_KAFKA_UNREACHABLE')) throw error
      await sleep(askAgainMs)
    }
  }
}

/** The brokers and these topics as a client sees them that comes by now. Rejects in the log's words. */
export async function seen(connection: KafkaConnection, topics: readonly string[]): Promise<ClusterMetadata> {
  try {
    return await withImpatientClient(connection, (client) => client.metadata({ topics: [...topics], retries: 0 }))
  } catch (error) {
    const told = inOurWords(error, { ...connection, ...(topics.length === 1 && { topic: topics[0] }) })
    const closed = isPortreeveError(told, 'PRV_KAFKA_UNREACHABLE') ? await handshakeFault(connection) : null
    throw closed === null ? told : inOurWords(closed, connection)
  }
}

/** What a broker says while TLS begins, such as that it misses a certificate of ours; the client only knows that it closed. */
async function handshakeFault(connection: KafkaConnection): Promise<Error | null> {
  const { tls, tlsServerName } = adminSecurity(connection)
  if (!tls) return null
  for (const broker of connection.brokers.split(',')) {
    const [host = '', port] = broker.split(/:(?=\d+$)/)
    const servername = tlsServerName === true ? { servername: host } : {}
    const { promise, resolve } = Promise.withResolvers<Error | null>()
    const socket = connect({ ...tls, ...servername, host, port: Number(port), timeout: patienceMs })
    socket
      .once('error', resolve)
      .once('close', () => resolve(null))
      .once('timeout', () => resolve(null))
    // A refusal is read where data would be.
    socket.resume()
    const fault = await promise
    socket.destroy()
    if (fault) return fault
  }
  return null
}
