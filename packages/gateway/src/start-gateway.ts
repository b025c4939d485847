import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Broker } from '@portreeve/broker'
import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { Connections } from './connections.ts'
import { doorApp } from './door-app.ts'
import { listenAt } from './listen-at.ts'
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
  broker: Pick<Broker, 'door' | 'metrics' | 'tracing' | 'health'>,
  { door: configuration, telemetry }: Pick<Configuration, 'door' | 'telemetry'>,
): Promise<Gateway> {
  const { door, metrics } = broker
  if (!door || !configuration) throw new TypeError('no door is configured')
  let stopping: Promise<void> | undefined
  const refuseUnlessRunning = () => {
    if (stopping) throw new PortreeveError('PRV_BROKER_STOPPING')
  }
  let baseUrl = ''
  const publicUrl = () => configuration.publicUrl ?? baseUrl
  const onRefused = (code: string) => metrics.count('portreeve_door_refusals_total', { code })
  const hasMetrics = telemetry?.metricsListen === undefined
  const app = doorApp({ door, configuration, publicUrl, refuseUnlessRunning, broker, hasMetrics, onRefused })
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
  answerMalformedRequests(server, onRefused)
  baseUrl = await listenAt(server, configuration)
  door.announce(publicUrl())
  const stop = () => {
    stopping ??= close(server, connections)
    return stopping
  }
  return { baseUrl, stop, [Symbol.asyncDispose]: stop }
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
