import { Agent as HttpAgent, type IncomingMessage, request as sendHttp } from 'node:http'
import { Agent as HttpsAgent, request as sendHttps } from 'node:https'
import type { Socket } from 'node:net'
import { PortreeveError } from '@portreeve/errors'

export interface HttpRequest {
  readonly method: string
  /** Absolute, `http:` or `https:`. Only its origin and path are ever shown: the query may hold a secret. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** For everything together, from the name look-up to the last byte of the answer. */
  readonly timeoutMs: number
  /** Most bytes of an answer's body. */
  readonly maxBodyBytes: number
  readonly signal?: AbortSignal
}

/** Any status, redirects too: none is followed, for a POST that moves elsewhere is a decision of the operator's. */
export interface HttpResponse {
  readonly status: number
  /** Names in lower case; repeated fields joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

const idleSocketMs = 30_000
const plainAgent = new HttpAgent({ keepAlive: true, timeout: idleSocketMs })
const tlsAgent = new HttpsAgent({ keepAlive: true, timeout: idleSocketMs })

/**
 * One HTTP/1.1 exchange. Resolves once the whole answer is there, whatever its status.
 *
 * Rejects with `PRV_ENDPOINTS_HTTP_UNREACHABLE` or `PRV_ENDPOINTS_STOPPED` when the request surely never left this
 * machine; with `PRV_ENDPOINTS_HTTP_NO_ANSWER` or `PRV_ENDPOINTS_HTTP_BODY_TOO_LARGE` when it may have been taken:
 * that includes a reset on a connection that was kept alive, where nobody can tell which side of the request it fell on.
 */
export async function httpRequest(request: HttpRequest): Promise<HttpResponse> {
  const url = readUrl(request.url)
  const place = { method: request.method, url: url.origin + url.pathname }
  if (request.signal?.aborted) {
    throw new PortreeveError('PRV_ENDPOINTS_STOPPED', { operation: `${place.method} ${place.url}` })
  }
  const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>()
  let mayHaveLeft = false

  const options = { method: request.method, headers: { ...request.headers } }
  const outgoing =
    url.protocol === 'https:'
      ? sendHttps(url, { ...options, agent: tlsAgent })
      : sendHttp(url, { ...options, agent: plainAgent })

  const fail = (fault: string, cause?: unknown) => {
    const code = mayHaveLeft ? 'PRV_ENDPOINTS_HTTP_NO_ANSWER' : 'PRV_ENDPOINTS_HTTP_UNREACHABLE'
    reject(new PortreeveError(code, { ...place, fault }, { cause }))
    outgoing.destroy()
  }
  const stop = () => {
    if (!mayHaveLeft) {
      reject(new PortreeveError('PRV_ENDPOINTS_STOPPED', { operation: `${place.method} ${place.url}` }))
    }
    fail('stopped while waiting')
  }
  const deadline = setTimeout(() => fail(`nothing within ${request.timeoutMs} ms`), request.timeoutMs)
  request.signal?.addEventListener('abort', stop, { once: true })

  outgoing.on('socket', (socket: Socket) => {
    if (outgoing.reusedSocket) {
      mayHaveLeft = true
      return
    }
    const ready = url.protocol === 'https:' ? 'secureConnect' : 'connect'
    socket.once(ready, () => {
      mayHaveLeft = true
    })
  })
  outgoing.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message, error))
  outgoing.on('response', (response) => {
    readBody(response, request.maxBodyBytes).then(
      (body) => {
        if (body === 'too large') {
          const details = { ...place, maxBodyBytes: request.maxBodyBytes }
          reject(new PortreeveError('PRV_ENDPOINTS_HTTP_BODY_TOO_LARGE', details))
        } else {
          resolve({ status: response.statusCode ?? 0, headers: joinFields(response), body })
        }
        // An answer may come before the request has wholly left; what is left of it is of no use to anybody.
        if (body === 'too large' || !outgoing.writableFinished) outgoing.destroy()
      },
      (error: NodeJS.ErrnoException) => fail(`the answer broke off: ${error.code ?? error.message}`, error),
    )
  })
  outgoing.end(request.body)

  try {
    return await promise
  } finally {
    clearTimeout(deadline)
    request.signal?.removeEventListener('abort', stop)
  }
}

function readUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    // Cut at the first character behind which a password or a key could stand.
    throw new PortreeveError('PRV_ENDPOINTS_HTTP_URL', { url: url === null ? 'given' : `${url.protocol}…` })
  }
  return url
}

async function readBody(response: IncomingMessage, maxBodyBytes: number): Promise<Uint8Array | 'too large'> {
  if (Number(response.headers['content-length'] ?? 0) > maxBodyBytes) return 'too large'
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > maxBodyBytes) return 'too large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, sizeBytes)
}

function joinFields(response: IncomingMessage): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) fields[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return fields
}
