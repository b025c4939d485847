import type { Adapter, Outcome } from '@portreeve/adapter-sdk'
import { withStatus } from '@portreeve/adapter-sdk/contract'
import type { HttpBehaviour } from '@portreeve/adapter-sdk/stand-in'
import { describe, expect, it } from 'vitest'
import { type FakeSystem, startFakeSystem } from './fake-system.ts'
import adapter from './index.ts'
import { messageOf } from './testing/messages.ts'

const { signal } = new AbortController()
const batch = { id: 'batch-1', messages: [messageOf('m-1')] }

async function open(system: FakeSystem): Promise<Adapter> {
  return await adapter.open(
    { baseUrl: system.baseUrl, apiKey: 'secret', timeoutSeconds: 2 },
    {
      label: 'system',
      authority: 'X99000001',
      now: () => new Date('2026-03-02T10:00:00Z'),
      signal,
      claims: { put: () => Promise.reject(new TypeError('no claims here')), async *get() {} },
    },
  )
}

/** What comes of a message that is sent to a system in trouble, and what a look-up says once the trouble is over. */
async function sendInto(trouble: (system: FakeSystem) => void | Promise<void>) {
  const system = await startFakeSystem()
  try {
    const opened = await open(system)
    await trouble(system)
    const [sent] = (await opened.send?.(batch, signal)) ?? []
    system.misbehave()
    const [asked] = sent?.state === 'unknown' ? ((await opened.lookup?.(batch, signal)) ?? []) : []
    return { sent, asked, records: system.records().length }
  } finally {
    await system.close()
  }
}

function codeOf(outcome: Outcome | undefined): string | undefined {
  return outcome && ('error' in outcome ? outcome.error.code : 'code' in outcome ? outcome.code : undefined)
}

describe('a fault of the system', () => {
  it.each<[string, HttpBehaviour, string, string, number]>([
    ['400', withStatus(400), 'refused', 'HTTP 400', 0],
    ['401', withStatus(401), 'not-taken', 'PRV_ADAPTER_LOGIN', 0],
    ['403', withStatus(403), 'not-taken', 'PRV_ADAPTER_LOGIN', 0],
    ['404', withStatus(404), 'not-taken', 'PRV_ADAPTER_NOT_THERE', 0],
    ['405', withStatus(405), 'not-taken', 'PRV_ADAPTER_NOT_THERE', 0],
    ['413', withStatus(413), 'refused', 'HTTP 413', 0],
    ['415', withStatus(415), 'not-taken', 'PRV_ADAPTER_NOT_THERE', 0],
    ['422', withStatus(422), 'refused', 'HTTP 422', 0],
    ['429', withStatus(429), 'not-taken', 'PRV_ADAPTER_BUSY', 0],
    ['503', withStatus(503), 'not-taken', 'PRV_ADAPTER_UNAVAILABLE', 0],
    ['a redirect', withStatus(302), 'unknown', 'PRV_ADAPTER_FAULT', 0],
    ['500', withStatus(500), 'unknown', 'PRV_ADAPTER_FAULT', 0],
    ['500 although it was done', { ...withStatus(500), taken: true }, 'unknown', 'PRV_ADAPTER_FAULT', 1],
    ['502', withStatus(502), 'unknown', 'PRV_ADAPTER_FAULT', 0],
    ['504', withStatus(504), 'unknown', 'PRV_ADAPTER_FAULT', 0],
    ['success without a body', { kind: 'empty' }, 'unknown', 'PRV_ADAPTER_ANSWER_UNREADABLE', 1],
    ['a page of a proxy', { kind: 'html' }, 'unknown', 'PRV_ADAPTER_ANSWER_UNREADABLE', 0],
    ['a connection cut after the request', { kind: 'cut' }, 'unknown', 'PRV_ENDPOINTS_HTTP_NO_ANSWER', 1],
    ['silence', { kind: 'silence' }, 'unknown', 'PRV_ENDPOINTS_HTTP_NO_ANSWER', 0],
    ['an answer that comes too late', { kind: 'late', seconds: 30 }, 'unknown', 'PRV_ENDPOINTS_HTTP_NO_ANSWER', 1],
  ])('%s: %o is %s, %s, with %i records; a look-up tells the truth', async (_what, behaviour, state, code, count) => {
    const { sent, asked, records } = await sendInto((system) => system.misbehave(behaviour))
    expect([sent?.state, codeOf(sent)]).toEqual([state, code])
    expect(JSON.stringify(sent)).not.toMatch(/tide-mark|secret/)
    expect(records).toBe(count)
    if (state === 'unknown') expect(asked?.state).toBe(count === 1 ? 'delivered' : 'not-taken')
  })

  it('leaves the message surely not taken when no connection could be made', async () => {
    const { sent } = await sendInto((system) => system.goDown())
    expect([sent?.state, codeOf(sent)]).toEqual(['not-taken', 'PRV_ENDPOINTS_HTTP_UNREACHABLE'])
  })

  it.each([
    [429, '30', 30_000],
    [503, 'Mon, 02 Mar 2026 10:01:00 GMT', 60_000],
  ])('%i with Retry-After %j asks to wait %i ms', async (code, retryAfter, retryAfterMs) => {
    const { sent } = await sendInto((system) => system.misbehave(withStatus(code, retryAfter)))
    expect(sent).toMatchObject({ state: 'not-taken', retryAfterMs })
  })
})
