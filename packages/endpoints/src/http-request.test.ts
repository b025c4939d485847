import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import tls from 'node:tls'
import { isPortreeveError, type PortreeveError } from '@portreeve/errors'
import { afterEach, describe, expect, it } from 'vitest'
import { type HttpRequest, httpRequest } from './http-request.ts'
import { untrusted } from './testing/untrusted-certificate.ts'

const running: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  running.push({
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const http = (listener: RequestListener) => listen(createHttpServer(listener))

/** Speaks raw bytes: `answer` is called with each connection once its request head has come. */
const raw = (answer: (socket: Socket, requestNumber: number) => void) => {
  let requests = 0
  return listen(createTcpServer((socket) => void socket.on('data', () => answer(socket, requests++))))
}

const ask = (url: string, more: Partial<HttpRequest> = {}) =>
  httpRequest({ method: 'POST', url, timeoutMs: 5_000, maxBodyBytes: 1_000, body: Buffer.from('<x/>'), ...more })

async function fault(attempt: Promise<unknown>): Promise<PortreeveError> {
  const error = await attempt.then(
    () => 'an answer',
    (error: unknown) => error,
  )
  if (!isPortreeveError(error)) throw new TypeError(`expected an error of the catalogue, got ${String(error)}`)
  return error
}

describe('an answer', () => {
  it('brings status, headers and body, whatever the status', async () => {
    const url = await http((request, response) => {
      request.on('data', (body) => {
        response.writeHead(500, { 'X-Seen': `${request.method} ${body} ${request.headers['content-length']}` })
        response.end('no')
      })
    })
    const { status, headers, body } = await ask(url)
    expect([status, headers['x-seen'], Buffer.from(body).toString()]).toEqual([500, 'POST <x/> 4', 'no'])
  })

  it('is handed over as it is when it is a redirect: nothing follows it', async () => {
    let requests = 0
    const url = await http((_request, response) => {
      requests++
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    expect((await ask(url)).status).toBe(302)
    expect(requests).toBe(1)
  })

  it('counts although the service did not wait for the whole request', async () => {
    const url = await http((_request, response) => void response.writeHead(413).end('too much'))
    expect((await ask(url, { body: Buffer.alloc(30_000_000) })).status).toBe(413)
  })

  it('may be exactly as large as allowed', async () => {
    const url = await http((_request, response) => void response.end('x'.repeat(1_000)))
    expect((await ask(url)).body.byteLength).toBe(1_000)
  })
})

describe('a request that surely never left', () => {
  it('is unreachable when the connection is refused', async () => {
    const url = await http(() => {})
    await running.pop()?.stop()
    const error = await fault(ask(`${url}/reports?key=secret`))
    expect([error.code, error.failureClass]).toEqual(['PRV_ENDPOINTS_HTTP_UNREACHABLE', 'target-down'])
    expect(error.message).toContain('/reports was not sent')
    expect(JSON.stringify(error)).not.toContain('secret')
  })

  it('is unreachable when the name is not known', async () => {
    expect((await fault(ask('http://voa.invalid/'))).code).toBe('PRV_ENDPOINTS_HTTP_UNREACHABLE')
  })

  it('is unreachable when the other side does not speak TLS', async () => {
    const url = await http(() => {})
    expect((await fault(ask(url.replace('http', 'https')))).code).toBe('PRV_ENDPOINTS_HTTP_UNREACHABLE')
  })

  it.each([
    ['a certificate that nobody trusts', '127.0.0.1', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['a trusted certificate of another name', 'localhost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('is unreachable behind %s, and nothing is told it', async (_, host, why) => {
    let requests = 0
    const url = await listen(createHttpsServer(untrusted, () => requests++))
    const trusting = tls.getCACertificates()
    if (host === 'localhost') tls.setDefaultCACertificates([...trusting, untrusted.cert])
    try {
      const error = await fault(ask(url.replace('http://127.0.0.1', `https://${host}`)))
      expect([error.code, error.details.fault]).toEqual(['PRV_ENDPOINTS_HTTP_UNREACHABLE', why])
      expect(requests).toBe(0)
    } finally {
      tls.setDefaultCACertificates(trusting)
    }
  })

  it('is unreachable when the TLS handshake is never answered', async () => {
    const url = await raw(() => {})
    const error = await fault(ask(url.replace('http', 'https'), { timeoutMs: 100 }))
    expect(error.code).toBe('PRV_ENDPOINTS_HTTP_UNREACHABLE')
  })

  it('is told as stopped when the broker was stopping already', async () => {
    const error = await fault(ask('http://127.0.0.1:1', { signal: AbortSignal.abort() }))
    expect(error.code).toBe('PRV_ENDPOINTS_STOPPED')
  })

  it.each([['not an address'], ['ftp://user:secret@host/'], ['']])('needs a web address, unlike "%s"', async (url) => {
    const error = await fault(ask(url))
    expect(error.code).toBe('PRV_ENDPOINTS_HTTP_URL')
    expect(error.message).not.toContain('secret')
  })
})

describe('a request that may have been taken', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n'

  it.each([
    ['silence', () => {}],
    [
      'a slow drip that never idles',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
        const drip = setInterval(() => socket.write('.'), 20)
        socket.on('close', () => clearInterval(drip))
      },
    ],
  ])('has no answer after %s, by a deadline over everything', async (_name, answer) => {
    const url = await raw(answer)
    const error = await fault(ask(url, { timeoutMs: 250 }))
    expect([error.code, error.failureClass]).toEqual(['PRV_ENDPOINTS_HTTP_NO_ANSWER', 'unknown-outcome'])
    expect(error.message).toContain('nothing within 250 ms')
  })

  it.each([
    ['half a body', (socket: Socket) => void socket.end(`${head}half`)],
    [
      'a chunked body without its end',
      (socket: Socket) => void socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'),
    ],
    ['half a head', (socket: Socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-')],
    ['a closed connection', (socket: Socket) => void socket.end()],
    ['a reset', (socket: Socket) => void socket.resetAndDestroy()],
    ['something that is not HTTP', (socket: Socket) => void socket.end('220 mail.example.invalid ESMTP\r\n')],
  ])('has no answer after %s', async (_name, answer) => {
    expect((await fault(ask(await raw(answer)))).code).toBe('PRV_ENDPOINTS_HTTP_NO_ANSWER')
  })

  it('has no answer when a connection that was kept alive is reset', async () => {
    const url = await raw((socket, requestNumber) => {
      if (requestNumber === 0) socket.write(`${head}0123456789`)
      else socket.resetAndDestroy()
    })
    await ask(url)
    expect((await fault(ask(url))).code).toBe('PRV_ENDPOINTS_HTTP_NO_ANSWER')
  })

  it('has no answer when the broker stops meanwhile', async () => {
    const stop = new AbortController()
    const url = await raw(() => stop.abort())
    expect((await fault(ask(url, { signal: stop.signal }))).code).toBe('PRV_ENDPOINTS_HTTP_NO_ANSWER')
  })

  it.each([
    ['announced', (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n')],
    [
      'found while reading',
      (socket: Socket) =>
        void socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n${'x'.repeat(1_001)}\r\n`),
    ],
  ])('is not read when the answer is too large, %s', async (_name, answer) => {
    const error = await fault(ask(await raw(answer)))
    expect([error.code, error.failureClass]).toEqual(['PRV_ENDPOINTS_HTTP_BODY_TOO_LARGE', 'unknown-outcome'])
  })
})

it('uses a connection again', async () => {
  const ports = new Set<number | undefined>()
  const url = await http((request, response) => {
    ports.add(request.socket.remotePort)
    response.end('ok')
  })
  for (let i = 0; i < 3; i++) await ask(url)
  expect(ports.size).toBe(1)
})
