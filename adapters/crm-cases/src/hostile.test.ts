import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Adapter } from '@portreeve/adapter-sdk'
import { openAdapter, requestOf } from '@portreeve/adapter-sdk/contract'
import { afterEach, describe, expect, it } from 'vitest'
import crmCases from './index.ts'

const { signal } = new AbortController()
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A system that answers 200 and whatever it likes; a string as it is, anything else as JSON. */
async function answering(answer: (request: IncomingMessage) => unknown): Promise<Adapter> {
  const server = createServer((request, response) => {
    const body = answer(request)
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return await openAdapter(crmCases, { baseUrl: `http://127.0.0.1:${port}`, maxBodyBytes: 10_000 })
}

const parties = { parties: [{ partyId: 'P-1', givenName: 'Ada', familyName: 'Quilliam', birthDate: '1980-01-02' }] }
const send = async (adapter: Adapter) => (await adapter.send?.({ id: 'b', messages: [requestOf('r-1')] }, signal))?.[0]
const change = {
  sequence: 1,
  caseId: 'C-1',
  externalReference: 'r-1',
  status: 'Resolved',
  changedBy: 'clerk',
  changedAt: '2026-03-02T10:00:00Z',
}

describe('an answer to a new case is not believed', () => {
  it.each([
    ['when it is empty', ''],
    ['when it is a page', '<html>OK</html>'],
    ['when it is cut short', '{"caseId":"C-'],
    ['when it is a list', []],
    ['when the number is no text', { caseId: 7 }],
    ['when the number is a sentence', { caseId: 'there is none' }],
    ['when the number never ends', { caseId: 'C'.repeat(5000) }],
    ['when it is about the case of another reference', { caseId: 'C-9', externalReference: 'r-9' }],
  ])('%s: it is asked what became of it', async (_when, answer) => {
    const adapter = await answering(({ method }) => (method === 'GET' ? parties : answer))
    expect(await send(adapter)).toMatchObject({ state: 'unknown', error: { code: 'PRV_ADAPTER_ANSWER_UNREADABLE' } })
  })

  it('when it is larger than we read', async () => {
    const adapter = await answering(({ method }) => (method === 'GET' ? parties : ' '.repeat(20_000)))
    expect(await send(adapter)).toMatchObject({
      state: 'unknown',
      error: { code: 'PRV_ENDPOINTS_HTTP_BODY_TOO_LARGE' },
    })
  })
})

describe('an answer about persons is not believed', () => {
  it.each([
    ['when the persons are no list', { parties: 'Ada' }],
    ['when one has no reference', { parties: [{ givenName: 'Ada', familyName: 'Quilliam' }] }],
    ['when a name is a number', { parties: [{ partyId: 'P-1', givenName: 1, familyName: 'Quilliam' }] }],
  ])('%s', async (_when, answer) => {
    const adapter = await answering(() => answer)
    expect(await send(adapter)).toMatchObject({ state: 'not-taken', error: { code: 'PRV_ADAPTER_UNAVAILABLE' } })
  })

  it('when it has others than those who were asked for', async () => {
    const someone = { partyId: 'P-9', givenName: 'Zoe', familyName: 'Other', birthDate: '1999-09-09' }
    const adapter = await answering(({ url }) => (url?.startsWith('/cases') ? { cases: [] } : { parties: [someone] }))
    expect(await send(adapter)).toMatchObject({ state: 'refused', code: 'PRV_ADAPTER_PERSON_NOT_FOUND' })
  })

  it('and their names move no terminal', async () => {
    const bell = { partyId: 'P-1', givenName: '\u001b[2J\u0007Ada\u202e', familyName: `Q${'u'.repeat(900)}` }
    const adapter = await answering(({ url }) => (url?.startsWith('/cases') ? { cases: [] } : { parties: [bell] }))
    const outcome = await send(adapter)
    const description = (outcome?.state === 'refused' && outcome.candidates?.[0]?.description) || ''
    expect(description).toMatch(/^\[2J Ada Qu+/)
    expect(description.length).toBeLessThanOrEqual(200)
  })
})

it('a look-up does not take the case of another for ours', async () => {
  const adapter = await answering(() => ({ cases: [{ caseId: 'C-9', externalReference: 'r-9' }] }))
  await expect(adapter.lookup?.({ id: 'b', messages: [requestOf('r-1')] }, signal)).rejects.toMatchObject({
    code: 'PRV_ADAPTER_ANSWER_UNREADABLE',
  })
})

describe('changes', () => {
  async function poll(changes: unknown, latest: unknown = 100, cursor: string | null = null) {
    const adapter = await answering(() => ({ changes, latest }))
    const brought: string[] = []
    const fault = await (async () => {
      for await (const { polled } of adapter.poll?.(cursor, signal) ?? []) brought.push(polled.message.key)
    })().catch((error: unknown) => error)
    return { brought, fault }
  }
  const unreadable = { code: 'PRV_ADAPTER_ANSWER_UNREADABLE' }

  it.each([
    ['are no list', 'none'],
    ['have no place', [{ ...change, sequence: undefined }]],
    ['have a place that is no number', [{ ...change, sequence: '1' }]],
    ['have no time', [{ ...change, changedAt: 'yesterday' }]],
    ['name no case', [{ ...change, caseId: null }]],
    ['have a reference that is no text', [{ ...change, externalReference: ['r-1'] }]],
    ['have a state that is no word', [{ ...change, status: 'Resolved\u0000' }]],
  ])('that %s stop the poll', async (_what, changes) => {
    expect(await poll(changes)).toMatchObject({ brought: [], fault: unreadable })
  })

  it('bring what stands in front of one that cannot be read', async () => {
    const found = await poll([change, { ...change, sequence: 2, status: 5 }, { ...change, sequence: 3 }])
    expect(found).toMatchObject({ brought: ['r-1'], fault: unreadable })
  })

  it('pass over what is none of ours, whatever it looks like', async () => {
    const foreign = [null, '', 'of somebody else', 'r'.repeat(300)].map((externalReference, index) => ({
      sequence: index + 1,
      externalReference,
      status: 5,
    }))
    expect(await poll([...foreign, { ...change, sequence: 5 }], 5)).toEqual({ brought: ['r-1'], fault: undefined })
  })

  it('that go backwards stop the poll', async () => {
    expect(
      await poll([
        { ...change, sequence: 5 },
        { ...change, sequence: 4 },
      ]),
    ).toMatchObject({ brought: ['r-1'], fault: unreadable })
  })

  it('of a CRM that has lost what we have read are told', async () => {
    expect(await poll([], 3, 'crm-cases:17')).toMatchObject({ brought: [], fault: unreadable })
  })

  it('whose pages never end leave the poll after a while; the next one goes on behind them', async () => {
    const asked: number[] = []
    const adapter = await answering(({ url = '' }) => {
      const after = Number(new URL(url, 'http://localhost').searchParams.get('after'))
      asked.push(after)
      return { changes: [{ sequence: after + 1, externalReference: null }], latest: Number.MAX_SAFE_INTEGER }
    })
    for (let times = 0; times < 2; times++) for await (const _ of adapter.poll?.(null, signal) ?? []);
    expect(asked).toEqual(Array.from({ length: 200 }, (_, index) => index))
  })
})
