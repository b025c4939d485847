import { createServer } from 'node:http'
import type { Broker } from '@portreeve/broker'
import type { TelemetryConfiguration } from '@portreeve/configuration'
import { isLoopback } from '@portreeve/formats'
import { listenAt } from './listen-at.ts'

/** Where Prometheus finds the metrics, apart from the door. */
export interface MetricsEndpoint extends AsyncDisposable {
  /** Such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string
}

/**
 * Shows the metrics at a place of their own, and nothing else. Rejects with `PRV_GATEWAY_LISTEN`. Is to be stopped before the broker.
 */
export async function startMetricsEndpoint(
  { metrics }: Pick<Broker, 'metrics'>,
  place: NonNullable<TelemetryConfiguration['metricsListen']>,
): Promise<MetricsEndpoint> {
  const server = createServer(
    { maxHeaderSize: 8 * 1024, headersTimeout: 5000, requestTimeout: 5000, keepAliveTimeout: 5000 },
    async ({ method, url, headers: { host } }, response) => {
      const isRead = method === 'GET' || method === 'HEAD'
      if (url !== '/metrics' || !isForUs(host, place.listen)) response.writeHead(404).end()
      else if (!isRead) response.writeHead(405, { allow: 'GET, HEAD' }).end()
      else {
        try {
          const text = await metrics.text()
          response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' })
          response.end(method === 'HEAD' ? undefined : text)
        } catch {
          // What stands in the way is told by the broker itself.
          response.writeHead(503, { 'retry-after': '5' }).end()
        }
      }
    },
  )
  server.maxConnections = 100
  const baseUrl = await listenAt(server, place)
  return {
    url: `${baseUrl}/metrics`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

/** What only this machine may read must not be read by a page in its browser, by a name that leads here (DNS rebinding). */
function isForUs(host: string | undefined, listen: string): boolean {
  return !isLoopback(listen) || isLoopback(URL.parse(`http://${host}`)?.hostname ?? '')
}
