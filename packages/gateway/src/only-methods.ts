import { PortreeveError } from '@portreeve/errors'
import type { RequestHandler } from 'express'

/** Refuses what came with another method: to be put behind those that an address takes. */
export function onlyMethods(...allowed: readonly string[]): RequestHandler {
  const list = allowed.join(', ')
  return (_request, response) => {
    response.setHeader('allow', list)
    throw new PortreeveError('PRV_GATEWAY_METHOD', { allowed: list })
  }
}
