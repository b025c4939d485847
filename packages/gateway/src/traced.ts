import type { Tracing } from '@portreeve/telemetry'
import type { Request, RequestHandler, Response } from 'express'
import { problemOf } from './problem.ts'

/** `traceParent` is what the work for this request carries. */
export type TracedHandler = (request: Request, response: Response, traceParent: string) => Promise<void>

/**
 * One span for each request, in the trace of the caller where it names one by the header `traceparent`. `tracestate` is not taken
 * over: it is free text from outside (W3C Trace Context, 6.1).
 */
export function traced(tracing: Tracing, path: string, handle: TracedHandler): RequestHandler {
  return async (request, response) => {
    const { traceparent } = request.headers
    const span = tracing.start('POST', path, {
      follows: [typeof traceparent === 'string' ? traceparent : undefined],
      attributes: { method: 'POST', path },
    })
    response.once('close', () => {
      span.set({ status: response.statusCode })
      span.end()
    })
    try {
      await handle(request, response, span.traceParent)
    } catch (error) {
      const { code, status } = problemOf(error)
      if (status >= 500) span.fail(code)
      else span.set({ code })
      throw error
    }
  }
}
