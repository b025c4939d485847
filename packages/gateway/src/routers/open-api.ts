import { Router } from 'express'
import type { DoorContext } from '../door-app.ts'
import { onlyMethods } from '../only-methods.ts'
import { openApi } from '../open-api.ts'
import { transactionKinds } from '../transaction-kinds.ts'

/** `/openapi.json`: what the door takes and answers. */
export function openApiRouter({ configuration, publicUrl, hasMetrics }: DoorContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  router.get('/openapi.json', (_request, response) => {
    const needsKey = configuration.apiKeys.length > 0
    response.json(openApi(transactionKinds, { serverUrl: publicUrl(), needsKey, hasMetrics }))
  })
  router.all('/openapi.json', onlyMethods('GET', 'HEAD'))
  return router
}
