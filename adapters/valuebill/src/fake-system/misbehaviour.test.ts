import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Behaviour, type FakeSystem, startFakeSystem } from '../fake-system.ts'
import { authorization, lookup, submit } from './testing/caller.ts'
import { exampleDocument } from './testing/example-document.ts'

let system: FakeSystem

beforeEach(async () => {
  system = await startFakeSystem({ authorityCode: '9999' })
})

afterEach(async () => {
  await system.close()
})

const send = (init: RequestInit = {}) => submit(system, 'b1', exampleDocument(), init)
const taken = () => system.reports().length

describe('a stand-in that misbehaves', () => {
  it.each<[string, Behaviour, number, string | null]>([
    ['500', { kind: 'status', status: 500 }, 500, null],
    ['429 with seconds to wait', { kind: 'status', status: 429, retryAfter: '2' }, 429, '2'],
    [
      '503 with a date to wait for',
      { kind: 'status', status: 503, retryAfter: 'Mon, 02 Mar 2026 10:00:00 GMT' },
      503,
      'Mon, 02 Mar 2026 10:00:00 GMT',
    ],
  ])('answers %s and takes nothing', async (_, behaviour, status, retryAfter) => {
    system.setBehaviour(behaviour)
    const response = await send()
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, retryAfter])
    expect(taken()).toBe(0)
  })

  it('says nothing until the caller gives up, and takes nothing', async () => {
    system.setBehaviour({ kind: 'silence' })
    await expect(send({ signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/)
    expect([system.requests().submit, taken()]).toEqual([1, 0])
  })

  it('cuts a long silence at its end', async () => {
    system.setBehaviour({ kind: 'silence', seconds: 0.05 })
    await expect(send()).rejects.toThrow('fetch failed')
    expect(taken()).toBe(0)
  })

  it('stops at once though it is in the middle of a silence', async () => {
    system.setBehaviour({ kind: 'silence' })
    const waiting = expect(send()).rejects.toThrow('fetch failed')
    await expect.poll(() => system.requests().submit).toBe(1)
    await system.close()
    await waiting
  })

  it('takes a submission and answers when the caller has given up', async () => {
    system.setBehaviour({ kind: 'late', seconds: 30 })
    await expect(send({ signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/)
    await expect.poll(taken).toBe(1)
    expect((await lookup(system, 'b1')).status).toBe(200)
  })

  it('answers late, but rightly, to a caller who waits', async () => {
    system.setBehaviour({ kind: 'late', seconds: 0.05 })
    expect(await (await send()).json()).toMatchObject({ status: 'Done' })
  })

  it('sends half the body that it announced, having taken the submission', async () => {
    system.setBehaviour({ kind: 'half-body' })
    const response = await send()
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(20)
    await expect(response.text()).rejects.toThrow(/terminated/)
    expect(taken()).toBe(1)
  })

  it('answers 200 with a page in HTML, having taken nothing', async () => {
    system.setBehaviour({ kind: 'html' })
    const response = await send()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html'])
    expect(await response.text()).toMatch(/^<!DOCTYPE html>/)
    expect(taken()).toBe(0)
  })

  it.each([
    ['before', false, 0],
    ['after', true, 1],
  ])('cuts the connection %s it took the submission', async (_, takes, count) => {
    system.setBehaviour({ kind: 'cut', taken: takes })
    await expect(send()).rejects.toThrow('fetch failed')
    expect(taken()).toBe(count)
  })

  it('answers 200 with nothing in it, having taken the submission', async () => {
    system.setBehaviour({ kind: 'empty' })
    const response = await send()
    expect([response.status, await response.text(), taken()]).toEqual([200, '', 1])
  })

  it('sends the right answer under the wrong content type', async () => {
    system.setBehaviour({ kind: 'wrong-content-type' })
    const response = await send()
    expect(response.headers.get('content-type')).toBe('text/plain')
    expect(await response.json()).toMatchObject({ status: 'Done' })
  })

  it('sends a very large body, and stops when the caller turns away', async () => {
    system.setBehaviour({ kind: 'huge', bytes: 3_000_000 })
    expect((await (await send()).text()).length).toBeGreaterThan(3_000_000)
    system.setBehaviour({ kind: 'huge', bytes: 1e12 })
    const body = (await submit(system, 'b2', exampleDocument())).body?.getReader()
    await body?.read()
    await body?.cancel()
    expect(taken()).toBe(2)
  })

  it('drips its answer byte by byte', async () => {
    system.setBehaviour({ kind: 'drip', intervalMs: 1 })
    expect(await chunksOf('b1')).toBeGreaterThan(20)
    expect(taken()).toBe(1)
  })
})

describe('when it misbehaves', () => {
  it('does so for the next requests only, one behaviour after the other', async () => {
    system.setBehaviour(
      { kind: 'status', status: 503, requests: 2 },
      { kind: 'well', requests: 1 },
      { kind: 'status', status: 500, requests: 1 },
    )
    const statuses: number[] = []
    for (let count = 0; count < 5; count += 1) statuses.push((await send()).status)
    expect(statuses).toEqual([503, 503, 200, 500, 200])
    expect(taken()).toBe(1)
  })

  it('goes on until it is changed when no number is given', async () => {
    system.setBehaviour({ kind: 'status', status: 500 })
    expect([(await send()).status, (await send()).status]).toEqual([500, 500])
    system.setBehaviour()
    expect((await send()).status).toBe(200)
  })

  it('touches submissions only, unless told otherwise', async () => {
    system.setBehaviour({ kind: 'status', status: 500 })
    expect([(await lookup(system, 'b1')).status, (await fetch(`${system.baseUrl}/health`)).status]).toEqual([404, 200])
    system.setBehaviour({ kind: 'status', status: 500, on: 'lookup' })
    expect([(await lookup(system, 'b1')).status, (await send()).status]).toEqual([500, 200])
    system.setBehaviour({ kind: 'status', status: 500, on: 'any' })
    expect((await fetch(`${system.baseUrl}/health`)).status).toBe(500)
  })

  it('takes a submission behind any face when told to', async () => {
    system.setBehaviour({ kind: 'status', status: 500, taken: true })
    expect([(await send()).status, taken()]).toEqual([500, 1])
  })

  it('can be told over HTTP, and tells what is still to come', async () => {
    const tell = (body: unknown) =>
      fetch(`${system.baseUrl}/__behaviour`, { method: 'POST', body: JSON.stringify(body) })
    expect((await tell([{ kind: 'status', status: 503, requests: 2 }, { kind: 'drip' }])).status).toBe(200)
    await send()
    expect(await (await fetch(`${system.baseUrl}/__behaviour`)).json()).toEqual([
      { kind: 'status', status: 503, requests: 1 },
      { kind: 'drip' },
    ])
    expect((await tell({ kind: 'sulk' })).status).toBe(400)
    expect((await tell({ kind: 'status' })).status).toBe(400)
    expect((await tell([])).status).toBe(200)
    expect((await send()).status).toBe(200)
  })
})

/** How many pieces the answer came in. */
function chunksOf(batchId: string): Promise<number> {
  const headers = { authorization, 'content-type': 'application/xml' }
  return new Promise((resolve, reject) => {
    const sent = request(`${system.baseUrl}/submissions/${batchId}`, { method: 'POST', headers }, (response) => {
      let chunks = 0
      response.on('data', () => {
        chunks += 1
      })
      response.on('end', () => resolve(chunks))
    })
    sent.on('error', reject).end(exampleDocument())
  })
}
