import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Response } from 'express'
import { problemMediaType, problemOf } from './problem.ts'
import { problemPage } from './problem-page.ts'

/** How long a sender who does not stop sending is listened to, so that it finds the answer. */
const lingerMs = 2000
const retryAfterSeconds = 5

/** Answers with what went wrong, and returns its code: as JSON, or as a page where `asPage`. */
export function sendProblem(request: IncomingMessage, response: Response, error: unknown, asPage = false): string {
  const problem = problemOf(error)
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return problem.code
  }
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer')
  if (problem.status === 503) response.setHeader('retry-after', retryAfterSeconds)
  const body = Buffer.from(asPage ? problemPage(problem) : JSON.stringify(problem))
  response.status(problem.status)
  response.setHeader('content-type', asPage ? 'text/html; charset=utf-8' : problemMediaType)
  response.setHeader('content-length', body.length)
  if (request.complete || !hasBody(request)) {
    response.end(request.method === 'HEAD' ? undefined : body)
    return problem.code
  }
  // Closing on a sender who still sends would have its machine throw the answer away.
  response.setHeader('connection', 'close')
  response.write(body)
  void linger(request).finally(() => response.end())
  return problem.code
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

async function linger(request: IncomingMessage): Promise<void> {
  const over = new AbortController()
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) request.once(event, () => resolve())
  })
  request.resume()
  await Promise.race([ended, sleep(lingerMs, undefined, { signal: over.signal }).catch(() => undefined)])
  over.abort()
}
