import { Router } from 'express'
import type { DoorContext } from '../door-app.ts'
import { onlyMethods } from '../only-methods.ts'

const ok = { status: 'ok' } as const

/** `/health`: can it work; `/ready`: should it be sent anything. */
export function healthRouter({ door, broker, refuseUnlessRunning }: DoorContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  router.get('/health', (_request, response) => void response.json(broker.health()))
  router.get('/ready', (_request, response) => {
    refuseUnlessRunning()
    door.refuseUnlessReady()
    response.json(ok)
  })
  router.all(['/health', '/ready'], onlyMethods('GET', 'HEAD'))
  return router
}
