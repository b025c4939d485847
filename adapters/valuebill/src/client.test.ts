import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { ValuebillClient } from './client.ts'
import { isFault } from './errors.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function serve(listener: RequestListener, path = ''): Promise<ValuebillClient> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
}

function clientOf(baseUrl: string): ValuebillClient {
  return new ValuebillClient({
    baseUrl,
    billingAuthorityCode: '0835',
    password: 'tide: mark',
    timeoutMs: 2_000,
    maxBodyBytes: 10_000,
    now: () => new Date('2026-03-02T10:00:00Z'),
  })
}

const signal = new AbortController().signal
const document = new TextEncoder().encode('<BAreports/>')
const done = JSON.stringify({ submissionId: 's1', status: 'Done' })

it('posts the document under the batch id, logged in as the billing authority', async () => {
  const seen: unknown[] = []
  const client = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const login = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString()
    seen.push([request.method, request.url, request.headers['content-type'], login, body])
    response.end(done)
  })
  const answer = await client.submit({ submissionId: 'b1', document, reports: 1 }, signal)
  expect(answer).toEqual({ submissionId: 's1', status: 'Done', errors: [] })
  expect(seen).toEqual([['POST', '/submissions/b1', 'application/xml', 'BA0835:tide: mark', '<BAreports/>']])
})

it('tells a submission that was never seen from a service that is not there', async () => {
  const client = await serve((_, response) => response.writeHead(404).end())
  expect(await client.lookup('b1', 1, signal)).toBeNull()
  const posted = await client.submit({ submissionId: 'b1', document, reports: 1 }, signal)
  expect(isFault(posted) && posted.error.code).toBe('PRV_VALUEBILL_NOT_FOUND')
})

it('checks the login without writing', async () => {
  const methods: unknown[] = []
  const client = await serve((request, response) => {
    methods.push(request.method)
    response.writeHead(404).end()
  })
  await client.check(signal)
  expect(methods).toEqual(['GET'])
})

it('says in the check that the login is wrong', async () => {
  const client = await serve((_, response) => response.writeHead(401).end())
  await expect(client.check(signal)).rejects.toMatchObject({ code: 'PRV_VALUEBILL_LOGIN', details: { user: 'BA0835' } })
})

it('rejects when the service cannot be reached', async () => {
  const client = clientOf('http://127.0.0.1:1')
  await expect(client.submit({ submissionId: 'b1', document, reports: 1 }, signal)).rejects.toMatchObject({
    code: 'PRV_ENDPOINTS_HTTP_UNREACHABLE',
  })
})

it('names the address without what may be secret in it', async () => {
  const client = await serve((_, response) => response.writeHead(404).end(), '/reports?key=tide')
  const posted = await client.submit({ submissionId: 'b1', document, reports: 1 }, signal)
  expect(isFault(posted) && posted.error.message).toMatch(/at http:\/\/127\.0\.0\.1:\d+\/reports \(HTTP 404\)/)
})
