import type { Broker, Door } from '@portreeve/broker'
import type { DoorConfiguration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { isLoopback } from '@portreeve/formats'
import express, { type ErrorRequestHandler, type Express } from 'express'
import { contentSecurityPolicy } from './html.ts'
import { isEnding } from './last-answer.ts'
import { healthRouter } from './routers/health.ts'
import { metricsRouter } from './routers/metrics.ts'
import { openApiRouter } from './routers/open-api.ts'
import { statusRouter } from './routers/status.ts'
import { transactionsRouter } from './routers/transactions.ts'
import { sendProblem } from './send-problem.ts'
import { wantsPage } from './wants-page.ts'

/** What every router is given. */
export interface DoorContext {
  readonly door: Door
  readonly configuration: DoorConfiguration
  /** How the door is reached, without a slash at its end; known once it listens. Never taken from a request. */
  readonly publicUrl: () => string
  /** Throws `PRV_BROKER_STOPPING` once the gateway stops. */
  readonly refuseUnlessRunning: () => void
  readonly broker: Pick<Broker, 'metrics' | 'tracing' | 'health'>
  /** False: the metrics have a place of their own. */
  readonly hasMetrics: boolean
  /** Told of each refusal. */
  readonly onRefused: (code: string) => void
}

/** On every answer. */
const headers: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}

/** The door as an application: one router for each concern, first come, first served. */
export function doorApp(context: DoorContext): Express {
  const app = express()
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing').enable('strict routing')
  app.set('query parser', false)
  app.use((request, response, next) => {
    if (isEnding(request.socket)) {
      request.resume()
      return
    }
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    if (request.headersDistinct.host?.length !== 1 && request.httpVersion !== '1.0') {
      response.setHeader('connection', 'close')
      throw new PortreeveError('PRV_GATEWAY_REQUEST_MALFORMED')
    }
    if (!isForUs(request.headers.host, context.configuration)) throw new PortreeveError('PRV_GATEWAY_OTHER_HOST')
    next()
  })
  app.use(healthRouter(context))
  if (context.hasMetrics) app.use(metricsRouter(context))
  app.use(openApiRouter(context))
  app.use(transactionsRouter(context))
  app.use(statusRouter(context))
  app.use(() => {
    throw new PortreeveError('PRV_GATEWAY_PATH_UNKNOWN')
  })
  app.use(refuseAndTell(context))
  return app
}

/**
 * Without keys, whoever reaches the door may use it: a page in somebody's browser must not, by a name of its own that leads to this
 * machine (DNS rebinding).
 */
function isForUs(host: string | undefined, { apiKeys, listen, publicUrl }: DoorConfiguration): boolean {
  if (apiKeys.length > 0 || host === undefined) return true
  const name = URL.parse(`http://${host}`)?.hostname ?? ''
  const ours = [listen, ...(publicUrl === undefined ? [] : [URL.parse(publicUrl)?.hostname])]
  return ours.includes(name) || isLoopback(name)
}

/** Express knows an error handler by its four parameters. A path that cannot be decoded is a path that is not there. */
function refuseAndTell({ onRefused }: DoorContext): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const isBadPath = error instanceof URIError
    const told = isBadPath ? new PortreeveError('PRV_GATEWAY_PATH_UNKNOWN') : error
    onRefused(sendProblem(request, response, told, wantsPage(request)))
  }
}
