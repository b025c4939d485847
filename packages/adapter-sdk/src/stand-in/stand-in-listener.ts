import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { type HttpAnswer, writeHttpAnswer } from './http-answer.ts'
import { type HttpBehaviours, type HttpRequestKind, takesEffect } from './http-behaviour.ts'

/** A request that is to be answered. */
export interface StandInRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly authorization: string | undefined
  readonly body: string
}

export interface StandInListenerOptions {
  readonly behaviours: HttpBehaviours
  /** Counted up. */
  readonly requests: Record<HttpRequestKind, number>
  readonly answer: (request: StandInRequest) => HttpAnswer
  /** Aborted when the stand-in closes. */
  readonly signal: AbortSignal
}

/** A stand-in's HTTP: each request is answered, or met as the behaviour of the moment says. */
export function standInListener(options: StandInListenerOptions): RequestListener {
  return (request, response) => {
    respond(request, response, options).catch((error: unknown) => {
      // Said aloud, so that a fault of the stand-in is not taken for a behaviour; a caller who has left hears nothing.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(error instanceof Error ? error.stack : String(error))
    })
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { behaviours, requests, answer, signal }: StandInListenerOptions,
): Promise<void> {
  const { method = 'GET', url = '/', headers } = request
  const kind: HttpRequestKind = method === 'GET' ? 'read' : 'write'
  requests[kind] += 1
  const behaviour = behaviours.next(kind)
  const body = await text(request)
  const { pathname: path, searchParams: query } = new URL(url, 'http://localhost')
  const right = takesEffect(behaviour)
    ? answer({ method, path, query, authorization: headers.authorization, body })
    : { status: 500, body: null }
  await writeHttpAnswer(response, right, behaviour, signal)
}
