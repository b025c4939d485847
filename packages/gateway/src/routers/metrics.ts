import { PortreeveError } from '@portreeve/errors'
import { Router } from 'express'
import { ApiKeys } from '../api-keys.ts'
import type { DoorContext } from '../door-app.ts'
import { onlyMethods } from '../only-methods.ts'

/** `/metrics` for Prometheus: with a key, where the door asks for keys. */
export function metricsRouter({ broker: { metrics }, door }: DoorContext): Router {
  const apiKeys = new ApiKeys(() => door.apiKeys)
  const router = Router({ caseSensitive: true, strict: true })
  router.get('/metrics', async (request, response) => {
    if (apiKeys.senderOf(request.headers.authorization) === null) throw new PortreeveError('PRV_GATEWAY_API_KEY')
    const text = await metrics.text()
    response.setHeader('content-type', metrics.contentType)
    response.end(text)
  })
  router.all('/metrics', onlyMethods('GET', 'HEAD'))
  return router
}
