import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import {
  type HttpAnswer,
  type HttpBehaviours,
  type HttpRequestKind,
  takesEffect,
  writeHttpAnswer,
} from '@portreeve/adapter-sdk/stand-in'
import { listCases, listChanges, listParties, openCase } from './desk.ts'
import type { Store } from './store.ts'

export interface ListenerOptions {
  readonly store: Store
  readonly behaviours: HttpBehaviours
  readonly requests: Record<HttpRequestKind, number>
  readonly apiKey: string
  readonly caseType: string
  readonly signal: AbortSignal
}

/** The stand-in's HTTP: who may ask, what for, and how it behaves this time. */
export function createListener(options: ListenerOptions): RequestListener {
  return (request, response) => {
    respond(request, response, options).catch((error: unknown) => {
      // Said aloud, so that a fault of the stand-in is not taken for a behaviour; a caller who has left hears nothing.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(error instanceof Error ? error.stack : String(error))
    })
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, options: ListenerOptions): Promise<void> {
  const { behaviours, requests, signal } = options
  const kind: HttpRequestKind = request.method === 'GET' ? 'read' : 'write'
  requests[kind] += 1
  const behaviour = behaviours.next(kind)
  const body = await text(request)
  const answer = takesEffect(behaviour) ? answerTo(request, body, options) : { status: 500, body: null }
  await writeHttpAnswer(response, answer, behaviour, signal)
}

function answerTo(
  { method, url = '/', headers }: IncomingMessage,
  body: string,
  { store, apiKey, caseType }: ListenerOptions,
): HttpAnswer {
  if (headers.authorization !== `Bearer ${apiKey}`) return { status: 401, body: { code: 'login' } }
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  switch (`${method} ${pathname}`) {
    case 'GET /parties':
      return listParties(store, searchParams)
    case 'GET /cases':
      return listCases(store, searchParams)
    case 'GET /case-changes':
      return listChanges(store, searchParams)
    case 'POST /cases':
      return openCase(store, caseType, body)
    default:
      return { status: 404, body: { code: 'no-such-page' } }
  }
}
