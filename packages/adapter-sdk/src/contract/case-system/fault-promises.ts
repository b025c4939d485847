import { describe, expect, it } from 'vitest'
import type { HttpBehaviour } from '../../stand-in/index.ts'
import type { CaseSystemHarness } from './case-system-contract.ts'
import { requestOf } from './messages.ts'

const { signal } = new AbortController()

/** An answer that says something which nobody else is to see. */
export const withStatus = (code: number, retryAfter?: string): HttpBehaviour => ({
  kind: 'status',
  status: code,
  body: 'tide-mark',
  ...(retryAfter !== undefined && { retryAfter }),
})

/** What is told of a message that meets a fault of the system. */
export function faultPromises({ openAtStandIn, conflictCode }: CaseSystemHarness): void {
  describe('a fault of the system when a case is opened', () => {
    it.each<[string, HttpBehaviour, string, string, number]>([
      ['400', withStatus(400), 'refused', 'HTTP 400', 0],
      ['401', withStatus(401), 'not-taken', 'PRV_ADAPTER_LOGIN', 0],
      ['403', withStatus(403), 'not-taken', 'PRV_ADAPTER_LOGIN', 0],
      ['404', withStatus(404), 'not-taken', 'PRV_ADAPTER_NOT_THERE', 0],
      ['405', withStatus(405), 'not-taken', 'PRV_ADAPTER_NOT_THERE', 0],
      ['409 about nothing', withStatus(409), 'unknown', conflictCode, 0],
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
      opened.system.misbehave(withStatus(code, retryAfter))
      expect(await opened.send('r-1')).toMatchObject({ state: 'not-taken', retryAfterMs })
    })
  })

  describe('a fault of a look-up', () => {
    it('concludes nothing, and says how long to wait', async () => {
      await using opened = await openAtStandIn()
      opened.system.misbehave({ ...withStatus(429, '7'), on: 'read' })
      await expect(opened.adapter.lookup?.({ id: 'b', messages: [requestOf('r-1')] }, signal)).rejects.toMatchObject({
        code: 'PRV_ADAPTER_BUSY',
        details: { retryAfterMs: 7000 },
      })
    })
  })
}
