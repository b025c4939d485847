import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ErrorCode, PortreeveError } from '@portreeve/errors'
import { endBehindAnswer, isEnding } from './last-answer.ts'
import { problemMediaType, problemOf } from './problem.ts'

const codes: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'PRV_GATEWAY_REQUEST_SLOW',
  HPE_HEADER_OVERFLOW: 'PRV_GATEWAY_HEADERS_TOO_LARGE',
}

/**
 * Answers what Node's parser refuses, and closes. Never in the name of a request that is being worked on: what became of that
 * one is not known here.
 */
export function answerMalformedRequests(server: Server, onRefused: (code: string) => void): void {
  const underWay = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>()
  server.on('request', (request, response) => underWay.set(request.socket, { request, response }))
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    if (isEnding(socket)) return
    const last = underWay.get(socket)
    const isOver = last === undefined || last.response.writableFinished
    const isUnanswered = last !== undefined && !last.request.complete && !last.response.headersSent
    if (!socket.writable || error.code === 'ECONNRESET' || !(isOver || isUnanswered)) {
      socket.destroy()
      return
    }
    const code = codes[error.code ?? ''] ?? 'PRV_GATEWAY_REQUEST_MALFORMED'
    onRefused(code)
    socket.write(rawProblem(code))
    endBehindAnswer(socket)
  })
}

function rawProblem(code: ErrorCode): string {
  const problem = problemOf(new PortreeveError(code))
  const body = JSON.stringify(problem)
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `content-type: ${problemMediaType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
