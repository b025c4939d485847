import { PortreeveError } from '@portreeve/errors'
import { Router } from 'express'
import type { AcceptedAnswer } from '../answers.ts'
import { ApiKeys } from '../api-keys.ts'
import type { DoorContext } from '../door-app.ts'
import { idempotencyKeyOf } from '../idempotency-key.ts'
import { onlyMethods } from '../only-methods.ts'
import { readBody } from '../read-body.ts'
import { type TracedHandler, traced } from '../traced.ts'
import { transactionKinds } from '../transaction-kinds.ts'

/** `POST /transactions/<name>`: a transaction comes in; 202 says that it is on disk. */
export function transactionsRouter(context: DoorContext): Router {
  const { door, configuration, publicUrl, refuseUnlessRunning, broker } = context
  const { maxBodyBytes } = configuration
  const apiKeys = new ApiKeys(() => door.apiKeys)
  const router = Router({ caseSensitive: true, strict: true })
  for (const { name, type, read } of transactionKinds) {
    const path = `/transactions/${name}`
    const take: TracedHandler = async (request, response, traceParent) => {
      refuseUnlessRunning()
      const sender = apiKeys.senderOf(request.headers.authorization)
      if (sender === null) throw new PortreeveError('PRV_GATEWAY_API_KEY')
      const idempotencyKey = idempotencyKeyOf(request.headers['idempotency-key'])
      const bytes = await readBody(request, maxBodyBytes)
      const transaction = { type, sender, idempotencyKey, traceParent, ...(await read(bytes)) }
      const { status, reference, token } = await door.accept(transaction)
      if (status === 'another') throw new PortreeveError('PRV_GATEWAY_IDEMPOTENCY_KEY_USED')
      const statusAddress = `${publicUrl()}/transactions/${token}`
      const answer: AcceptedAnswer = { reference, statusAddress }
      response.status(202).location(statusAddress).json(answer)
    }
    router.post(path, traced(broker.tracing, path, take))
    router.all(path, onlyMethods('POST'))
  }
  router.post('/transactions/:name', () => {
    throw new PortreeveError('PRV_GATEWAY_KIND_UNKNOWN', { kinds: transactionKinds.map(({ name }) => name).join(', ') })
  })
  return router
}
