import { requestOf } from '@portreeve/adapter-sdk/contract'
import type { HttpBehaviour } from '@portreeve/adapter-sdk/stand-in'
import { describe, expect, it } from 'vitest'
import { openAtStandIn } from './testing/opened.ts'

const { signal } = new AbortController()
const status = (code: number, retryAfter?: string): HttpBehaviour => ({
  kind: 'status',
  status: code,
  body: 'tide-mark',
  ...(retryAfter !== undefined && { retryAfter }),
})

describe('a fault of the CRM when a case is opened', () => {
  it.each<[string, HttpBehaviour, string, string, number]>([
    ['400', status(400), 'refused', 'HTTP 400', 0],
    ['401', status(401), 'not-taken', 'PRV_ADAPTER_LOGIN', 0],
    ['403', status(403), 'not-taken', 'PRV_ADAPTER_LOGIN', 0],
    ['404', status(404), 'not-taken', 'PRV_ADAPTER_NOT_THERE', 0],
    ['405', status(405), 'not-taken', 'PRV_ADAPTER_NOT_THERE', 0],
    ['409 about nothing', status(409), 'unknown', 'PRV_ADAPTER_ANSWER_UNREADABLE', 0],
    ['413', status(413), 'refused', 'HTTP 413', 0],
    ['415', status(415), 'not-taken', 'PRV_ADAPTER_NOT_THERE', 0],
    ['422', status(422), 'refused', 'HTTP 422', 0],
    ['429', status(429), 'not-taken', 'PRV_ADAPTER_BUSY', 0],
    ['503', status(503), 'not-taken', 'PRV_ADAPTER_UNAVAILABLE', 0],
    ['a redirect', status(302), 'unknown', 'PRV_ADAPTER_FAULT', 0],
    ['500', status(500), 'unknown', 'PRV_ADAPTER_FAULT', 0],
    ['500 although it was done', { ...status(500), taken: true }, 'unknown', 'PRV_ADAPTER_FAULT', 1],
    ['502', status(502), 'unknown', 'PRV_ADAPTER_FAULT', 0],
    ['504', status(504), 'unknown', 'PRV_ADAPTER_FAULT', 0],
    ['success without a body', { kind: 'empty' }, 'unknown', 'PRV_ADAPTER_ANSWER_UNREADABLE', 1],
    ['a page of a proxy', { kind: 'html' }, 'unknown', 'PRV_ADAPTER_ANSWER_UNREADABLE', 0],
    ['a connection cut after the request', { kind: 'cut' }, 'unknown', 'PRV_ENDPOINTS_HTTP_NO_ANSWER', 1],
  ])('%s: %o is %s, %s, with %i cases; a look-up tells the truth', async (_what, behaviour, state, code, cases) => {
    await using opened = await openAtStandIn()
    opened.system.misbehave(behaviour)
    const outcome = await opened.send('r-1')
    expect(outcome?.state).toBe(state)
    expect(outcome && ('error' in outcome ? outcome.error.code : 'code' in outcome && outcome.code)).toBe(code)
    expect(JSON.stringify(outcome)).not.toMatch(/tide-mark|Quilliam|secret/)
    expect(opened.system.cases()).toHaveLength(cases)
    const asked = await opened.adapter.lookup?.({ id: 'b', messages: [requestOf('r-1')] }, signal)
    expect(asked?.map((found) => found.state)).toEqual([cases === 1 ? 'delivered' : 'not-taken'])
  })

  it.each<[string, HttpBehaviour, number]>([
    ['never answers', { kind: 'silence' }, 0],
    ['opens the case and answers too late', { kind: 'late', seconds: 30 }, 1],
  ])('is unknown when it %s', async (_what, behaviour, cases) => {
    await using opened = await openAtStandIn({}, 2)
    opened.system.misbehave(behaviour)
    expect(await opened.send('r-1')).toMatchObject({
      state: 'unknown',
      error: { code: 'PRV_ENDPOINTS_HTTP_NO_ANSWER' },
    })
    expect(opened.system.cases()).toHaveLength(cases)
  })

  it('is surely not taken when no connection could be made', async () => {
    await using opened = await openAtStandIn()
    await opened.system.goDown()
    expect(await opened.send('r-1')).toMatchObject({
      state: 'not-taken',
      error: { code: 'PRV_ENDPOINTS_HTTP_UNREACHABLE' },
    })
  })

  it.each([
    [429, '30', 30_000],
    [503, 'Mon, 02 Mar 2026 10:01:00 GMT', 60_000],
  ])('%i with Retry-After %j asks to wait %i ms', async (code, retryAfter, retryAfterMs) => {
    await using opened = await openAtStandIn()
    opened.system.misbehave(status(code, retryAfter))
    expect(await opened.send('r-1')).toMatchObject({ state: 'not-taken', retryAfterMs })
  })
})

describe('a fault while the person is looked for', () => {
  it.each<[string, HttpBehaviour, string]>([
    ['401', status(401), 'PRV_ADAPTER_LOGIN'],
    ['429', status(429), 'PRV_ADAPTER_BUSY'],
    ['500', status(500), 'PRV_ADAPTER_UNAVAILABLE'],
    ['a cut connection', { kind: 'cut' }, 'PRV_ADAPTER_UNAVAILABLE'],
    ['an empty answer', { kind: 'empty' }, 'PRV_ADAPTER_UNAVAILABLE'],
  ])('leaves the message surely not taken: %s', async (_what, behaviour, code) => {
    await using opened = await openAtStandIn()
    opened.system.misbehave({ ...behaviour, on: 'read' })
    expect(await opened.send('r-1')).toMatchObject({ state: 'not-taken', error: { code } })
    expect(opened.system.requests().write).toBe(0)
  })
})

describe('a fault of a look-up', () => {
  it('concludes nothing, and says how long to wait', async () => {
    await using opened = await openAtStandIn()
    opened.system.misbehave({ ...status(429, '7'), on: 'read' })
    await expect(opened.adapter.lookup?.({ id: 'b', messages: [requestOf('r-1')] }, signal)).rejects.toMatchObject({
      code: 'PRV_ADAPTER_BUSY',
      details: { retryAfterMs: 7000 },
    })
  })
})
