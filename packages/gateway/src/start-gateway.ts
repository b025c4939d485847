import { createServer, type Server } from 'node:http'
import { isIPv6 } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Broker } from '@portreeve/broker'
import type { Configuration, DoorConfiguration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { Connections } from './connections.ts'
import { doorApp } from './door-app.ts'
import { answerMalformedRequests } from './malformed-request.ts'

/** The HTTP door, open. */
export interface Gateway extends AsyncDisposable {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly baseUrl: string
  /** Takes no more connections, finishes the requests in hand, closes: within ten seconds. Idempotent. */
  stop(): Promise<void>
}

const maxHeaderBytes = 16 * 1024
const maxHeaderSeconds = 10
const maxConnections = 4000

const stopWithinSeconds = 10

/** Opens the configured door of a broker. Rejects with `PRV_GATEWAY_LISTEN`. Is to be stopped before the broker. */
export async function startGateway(
  { door }: Pick<Broker, 'door'>,
  { door: configuration }: Pick<Configuration, 'door'>,
): Promise<Gateway> {
  if (!door || !configuration) throw new TypeError('no door is configured')
  let stopping: Promise<void> | undefined
  const refuseUnlessRunning = () => {
    if (stopping) throw new PortreeveError('PRV_BROKER_STOPPING')
  }
  let baseUrl = ''
  const publicUrl = () => configuration.publicUrl ?? baseUrl
  const app = doorApp({ door, configuration, publicUrl, refuseUnlessRunning })
  const server = createServer(
    {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: Math.min(maxHeaderSeconds, configuration.timeoutSeconds) * 1000,
      requestTimeout: configuration.timeoutSeconds * 1000,
      connectionsCheckingInterval: 500,
      keepAliveTimeout: 5000,
      insecureHTTPParser: false,
      // Refused by the application, in its own words.
      requireHostHeader: false,
    },
    app,
  )
  server.maxConnections = maxConnections
  server.maxHeadersCount = 100
  server.maxRequestsPerSocket = 10_000
  const connections = new Connections(server)
  answerMalformedRequests(server)
  baseUrl = await listen(server, configuration)
  door.announce(publicUrl())
  const stop = () => {
    stopping ??= close(server, connections)
    return stopping
  }
  return { baseUrl, stop, [Symbol.asyncDispose]: stop }
}

async function listen(server: Server, { listen: host, port }: DoorConfiguration): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const fault = cause.code ?? 'unknown'
      reject(new PortreeveError('PRV_GATEWAY_LISTEN', { listen: host, port, fault }, { cause }))
    })
    server.listen(port, host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a server that listens has an address')
  return `http://${isIPv6(host) ? `[${host}]` : host}:${address.port}`
}

async function close(server: Server, connections: Connections): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  connections.close()
  const timer = new AbortController()
  const tooLong = sleep(stopWithinSeconds * 1000, undefined, { signal: timer.signal }).catch(() => undefined)
  await Promise.race([closed, tooLong])
  timer.abort()
  server.closeAllConnections()
  await closed
}
