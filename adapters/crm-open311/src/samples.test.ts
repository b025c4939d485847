import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Polled } from '@portreeve/adapter-sdk'
import { openAdapter, requestOf } from '@portreeve/adapter-sdk/contract'
import type { AddressUpdateRequested } from '@portreeve/model'
import { afterEach, expect, it } from 'vitest'
import { toForm } from './from-canonical.ts'
import crmOpen311 from './index.ts'
import { sampleAnswers, samples } from './samples.ts'

const { signal } = new AbortController()
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A system of which nothing is known but what the page says. */
async function openedAt(answer: (request: IncomingMessage) => readonly [status: number, body: unknown]) {
  const server = createServer((request, response) => {
    request.resume()
    const [status, body] = answer(request)
    response.writeHead(status).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const adapter = await openAdapter(crmOpen311, { baseUrl: `http://127.0.0.1:${port}` })
  return {
    send: async () => (await adapter.send?.({ id: 'b', messages: [requestOf('request-1')] }, signal))?.[0],
    poll: async () => await Array.fromAsync<{ polled: Polled }>(adapter.poll?.(null, signal) ?? []),
  }
}

it('a system that answers with a number, as the page shows it, has the request', async () => {
  const { send } = await openedAt(() => [201, sampleAnswers.filed])
  expect(await send()).toMatchObject({ state: 'delivered', proof: '1001' })
})

it('a system that answers with a token, as the page shows it, is asked for the number', async () => {
  const asked: (string | undefined)[] = []
  const { send } = await openedAt(({ method, url = '' }) => {
    asked.push(url.split('?')[0])
    if (method === 'POST') return [200, sampleAnswers.token]
    return asked.length < 3 ? [404, []] : [200, sampleAnswers.filed]
  })
  expect(await send()).toMatchObject({ state: 'delivered', proof: '1001' })
  expect(asked).toEqual(['/requests.json', '/tokens/T-17.json', '/tokens/T-17.json'])
})

it('a system that knows several, as the page shows it, has a person choose among them', async () => {
  const { send } = await openedAt(() => [422, sampleAnswers.ambiguous])
  expect(await send()).toMatchObject({
    state: 'refused',
    code: 'PRV_ADAPTER_PERSON_AMBIGUOUS',
    candidates: [{ personReference: 'P-201' }, { personReference: 'P-202' }],
  })
})

it('a list of requests, as the page shows it, brings what became of them', async () => {
  const { poll } = await openedAt(({ url = '' }) => [200, /[?&]page=1(&|$)/.test(url) ? sampleAnswers.list : []])
  const [found, ...others] = await poll()
  expect(others).toEqual([])
  expect(JSON.parse(new TextDecoder().decode(found?.polled.message.body))).toMatchObject({
    requestId: 'request-1',
    status: 'confirmed',
    systemReference: '1001',
    words: 'The record is changed.',
  })
})

it('the page names every field that is filed', () => {
  const person = {
    personTitle: 'Ms',
    personGivenName: 'Ann',
    personFamilyName: 'Example',
    personBirthDate: '1980-01-31',
  }
  const address = {
    uprn: '10000000001',
    paon: { startRange: { number: '1' } },
    streetDescription: 'HIGH STREET',
    postcode: 'ZZ99 1AA',
  } as AddressUpdateRequested['oldAddress']
  const all: AddressUpdateRequested = {
    system: 'crm',
    personReference: 'P-1',
    person: { ...person, customer: 'C-1', emailAddress: 'ann@example.org', telNationalNumber: '01632 960123' },
    household: [person],
    oldAddress: address,
    newAddress: address,
    movedOn: '2026-03-01',
  }
  const named = new Set(
    [...(samples[0]?.about.split('Fields: ')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  )
  expect(new Set(toForm(all, 'request-1').map(([name]) => name))).toEqual(named)
})
