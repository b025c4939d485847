import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBehaviour } from './http-behaviour.ts'

/** The answer of a stand-in that behaves well. */
export interface HttpAnswer {
  readonly status: number
  /** Sent as JSON. */
  readonly body: unknown
}

/** Writes an answer, or spoils it as the behaviour says. Ends early, without a word, when the caller goes or `signal` aborts. */
export async function writeHttpAnswer(
  response: ServerResponse,
  { status, body }: HttpAnswer,
  behaviour: HttpBehaviour,
  signal: AbortSignal,
): Promise<void> {
  const json = { 'content-type': 'application/json; charset=utf-8' }
  const success = status < 300 ? status : 200
  const gone = AbortSignal.any([signal, whenClosed(response)])
  switch (behaviour.kind) {
    case 'well':
      response.writeHead(status, json).end(JSON.stringify(body))
      return
    case 'status': {
      const retryAfter = behaviour.retryAfter === undefined ? {} : { 'retry-after': behaviour.retryAfter }
      response.writeHead(behaviour.status, { 'content-type': 'text/plain', ...retryAfter }).end(behaviour.body ?? '')
      return
    }
    case 'silence':
      await pause((behaviour.seconds ?? 300) * 1000, gone)
      response.destroy()
      return
    case 'late':
      if (await pause(behaviour.seconds * 1000, gone)) response.writeHead(status, json).end(JSON.stringify(body))
      return
    case 'empty':
      response.writeHead(success, { 'content-length': 0 }).end()
      return
    case 'cut':
      response.destroy()
      return
    case 'html':
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!DOCTYPE html><title>Sorry</title><p>Closed today.')
  }
}

/** False when it was broken off. */
async function pause(ms: number, gone: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal: gone, ref: false })
    return true
  } catch (error) {
    if (gone.aborted) return false
    throw error
  }
}

function whenClosed(response: ServerResponse): AbortSignal {
  const closed = new AbortController()
  if (response.destroyed) closed.abort()
  response.once('close', () => closed.abort())
  return closed.signal
}
