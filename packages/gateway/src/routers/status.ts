import { PortreeveError } from '@portreeve/errors'
import { type ErrorRequestHandler, Router } from 'express'
import type { DoorContext } from '../door-app.ts'
import { onlyMethods } from '../only-methods.ts'
import { sendProblem } from '../send-problem.ts'
import { statusPage } from '../status-page.ts'
import { wantsPage } from '../wants-page.ts'

const path = '/transactions/:token'

/** `GET /transactions/<token>`: where a transaction stands, as JSON or as a page. */
export function statusRouter({ door, onRefused }: DoorContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  router.get(path, async (request, response) => {
    response.vary('accept')
    const status = await door.status(request.params.token)
    if (status === null) throw new PortreeveError('PRV_GATEWAY_TRANSACTION_UNKNOWN')
    if (wantsPage(request)) response.type('html').send(statusPage(status, new Date()))
    else response.json(status)
  })
  router.all(path, onlyMethods('GET', 'HEAD'))
  router.use(path, asTheReaderWants(onRefused))
  return router
}

function asTheReaderWants(onRefused: DoorContext['onRefused']): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (error instanceof URIError) next(error)
    else onRefused(sendProblem(request, response, error, wantsPage(request)))
  }
}
