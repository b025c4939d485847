import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Adapter } from '@portreeve/adapter-sdk'
import { openAdapter, requestOf } from '@portreeve/adapter-sdk/contract'
import { afterEach, describe, expect, it } from 'vitest'
import crmOpen311 from './index.ts'

const { signal } = new AbortController()
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A system that answers whatever it likes; a string as it is, anything else as JSON. */
async function answering(answer: (request: IncomingMessage) => unknown, status = 200): Promise<Adapter> {
  const server = createServer((request, response) => {
    const body = answer(request)
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return await openAdapter(crmOpen311, { baseUrl: `http://127.0.0.1:${port}`, maxBodyBytes: 10_000 })
}

const send = async (adapter: Adapter) => (await adapter.send?.({ id: 'b', messages: [requestOf('r-1')] }, signal))?.[0]
const request = {
  service_request_id: 1001,
  external_reference: 'r-1',
  status: 'closed',
  requested_datetime: '2026-03-02T08:00:00Z',
  updated_datetime: '2026-03-02T09:00:00Z',
  updated_by: 'clerk',
}
const unreadable = { code: 'PRV_ADAPTER_ANSWER_UNREADABLE' }

describe('an answer to a new request is not believed', () => {
  it.each([
    ['when it is empty', ''],
    ['when it is a page', '<html>OK</html>'],
    ['when it is cut short', '[{"service_request_id":"10'],
    ['when it is no list', { service_request_id: '1001' }],
    ['when it is an empty list', []],
    ['when it is about two requests', [{ service_request_id: '1001' }, { service_request_id: '1002' }]],
    ['when it has neither a number nor a token', [{ service_request_id: null, token: null }]],
    ['when the number is an object', [{ service_request_id: {} }]],
    ['when the number never ends', [{ service_request_id: '1'.repeat(5000) }]],
    ['when it is about the request of another reference', [{ service_request_id: 1009, external_reference: 'r-9' }]],
  ])('%s: it is asked what became of it', async (_when, answer) => {
    const adapter = await answering(() => answer)
    expect(await send(adapter)).toMatchObject({ state: 'unknown', error: unreadable })
  })

  it('when it is larger than we read', async () => {
    const adapter = await answering(() => ' '.repeat(20_000))
    expect(await send(adapter)).toMatchObject({
      state: 'unknown',
      error: { code: 'PRV_ENDPOINTS_HTTP_BODY_TOO_LARGE' },
    })
  })
})

describe('what the CRM finds wrong', () => {
  it.each([
    ['a sentence in place of a code', [{ code: 'Ada Quilliam is not known', description: '' }]],
    ['accounts that are none', [{ code: 'account_ambiguous', accounts: 'Ada' }]],
    ['an account without a number', [{ code: 'account_ambiguous', accounts: [{ first_name: 'Ada' }] }]],
    ['a page', '<html>Ada Quilliam</html>'],
  ])('is refused as such and not shown: %s', async (_what, answer) => {
    const adapter = await answering(() => answer, 400)
    expect(await send(adapter)).toEqual({
      state: 'refused',
      code: 'HTTP 400',
      reason: 'crm refused the message with its code HTTP 400.',
    })
  })

  it('may be accounts whose names move no terminal, of which twenty are enough', async () => {
    const accounts = Array.from({ length: 90 }, (_, index) => ({
      account_id: index,
      first_name: '\u001b[2J\u0007Ada\u202e',
      last_name: 'Q',
    }))
    const adapter = await answering(() => [{ code: 'account_ambiguous', accounts }], 400)
    const outcome = await send(adapter)
    const candidates = outcome?.state === 'refused' ? (outcome.candidates ?? []) : []
    expect(candidates).toHaveLength(20)
    expect(candidates[7]).toEqual({ personReference: '7', description: '[2J Ada Q' })
  })
})

it('a look-up does not take the request of another for ours', async () => {
  const adapter = await answering(() => [{ ...request, external_reference: 'r-9' }])
  await expect(adapter.lookup?.({ id: 'b', messages: [requestOf('r-1')] }, signal)).rejects.toMatchObject(unreadable)
})

describe('requests', () => {
  /** The first page; behind it, there is nothing. */
  async function poll(requests: unknown) {
    const adapter = await answering(({ url = '' }) => (pageIn(url) === 1 ? requests : []))
    const brought: string[] = []
    const fault = await (async () => {
      for await (const { polled } of adapter.poll?.(null, signal) ?? []) brought.push(polled.message.key)
    })().catch((error: unknown) => error)
    return { brought, fault }
  }
  const pageIn = (url: string) => Number(new URL(url, 'http://localhost').searchParams.get('page'))

  it.each([
    ['are no list', { requests: [] }],
    ['have no number', [{ ...request, service_request_id: null }]],
    ['have no time', [{ ...request, updated_datetime: 'yesterday' }]],
    ['have a time without a zone', [{ ...request, updated_datetime: '2026-03-02T09:00:00' }]],
    ['have a state that there is not', [{ ...request, status: 'ajar' }]],
    ['have a reference that is no text', [{ ...request, external_reference: ['r-1'] }]],
    ['have notes that are no text', [{ ...request, status_notes: 5 }]],
  ])('that %s stop the poll', async (_what, requests) => {
    expect(await poll(requests)).toMatchObject({ brought: [], fault: unreadable })
  })

  it('bring what stands in front of one that cannot be read', async () => {
    const later = { ...request, service_request_id: 1002, external_reference: 'r-2' }
    const found = await poll([request, { ...later, status: 5 }, { ...later, service_request_id: 1003 }])
    expect(found).toMatchObject({ brought: ['r-1'], fault: unreadable })
  })

  it('pass over what is none of ours, whatever it looks like', async () => {
    const foreign = { service_request_id: 7, updated_datetime: '2026-03-02T08:00:00Z', status: 5 }
    expect(
      await poll([foreign, { ...foreign, service_request_id: 8, external_reference: 'of others' }, request]),
    ).toEqual({ brought: ['r-1'], fault: undefined })
  })

  it('that go backwards stop the poll', async () => {
    const earlier = { ...request, service_request_id: 1002, updated_datetime: '2026-03-02T08:30:00Z' }
    expect(await poll([request, earlier])).toMatchObject({ brought: ['r-1'], fault: unreadable })
  })

  it('that come whatever page and time is asked for are brought once', async () => {
    const adapter = await answering(() => [request])
    expect(await Array.fromAsync(adapter.poll?.(null, signal) ?? [])).toHaveLength(1)
  })

  it('whose pages never end leave the poll after a while; the next one goes on behind them', async () => {
    const asked: string[] = []
    const adapter = await answering(({ url = '' }) => {
      const after = new URL(url, 'http://localhost').searchParams.get('updated_after') ?? ''
      asked.push(after)
      return [
        { service_request_id: asked.length, updated_datetime: new Date(Date.parse(after) + 10_000).toISOString() },
      ]
    })
    for (let times = 0; times < 2; times++) for await (const _ of adapter.poll?.(null, signal) ?? []);
    expect(asked.length).toBe(1000)
    expect(new Set(asked).size).toBeGreaterThan(990)
    expect(asked).toEqual(asked.toSorted())
  })
})
