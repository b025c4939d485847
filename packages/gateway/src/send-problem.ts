import type { IncomingMessage } from 'node:http'
import type { Response } from 'express'
import { endBehindAnswer, takeNoMore } from './last-answer.ts'
import { problemMediaType, problemOf } from './problem.ts'
import { problemPage } from './problem-page.ts'

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
  const isWhole = request.complete || !hasBody(request)
  if (!isWhole) response.setHeader('connection', 'close')
  const isLast = response.getHeader('connection') === 'close'
  if (isLast) takeNoMore(request.socket)
  // Behind the answer to another request, it is not its turn yet.
  if (response.socket === null || !isLast) {
    request.resume()
    response.end(request.method === 'HEAD' ? undefined : body)
    return problem.code
  }
  response.write(body)
  request.resume()
  endBehindAnswer(response.socket)
  return problem.code
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
