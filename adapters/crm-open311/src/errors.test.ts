import { requestOf, withStatus } from '@portreeve/adapter-sdk/contract'
import type { HttpBehaviour } from '@portreeve/adapter-sdk/stand-in'
import { describe, expect, it } from 'vitest'
import { openAtStandIn } from './testing/opened.ts'

const { signal } = new AbortController()
describe('a token instead of a number', () => {
  it('is asked about until it stands for a request', async () => {
    await using opened = await openAtStandIn({ tokenAsks: 3 })
    expect(await opened.send('r-1')).toEqual({ state: 'delivered', proof: '1001' })
  })

  it('may stand for a refusal', async () => {
    await using opened = await openAtStandIn({ tokenAsks: 2, persons: [] })
    expect(await opened.send('r-1')).toMatchObject({ state: 'refused', code: 'PRV_ADAPTER_PERSON_NOT_FOUND' })
  })

  it.each<[string, HttpBehaviour]>([
    ['401', withStatus(401)],
    ['404 for ever', withStatus(404)],
    ['429', withStatus(429)],
    ['500', withStatus(500)],
    ['503', withStatus(503)],
    ['a cut connection', { kind: 'cut' }],
    ['an empty answer', { kind: 'empty' }],
  ])('leaves the outcome unknown when the question about it meets %s', async (_what, behaviour) => {
    await using opened = await openAtStandIn({ tokenAsks: 2 })
    opened.system.misbehave({ ...behaviour, on: 'read' })
    expect(await opened.send('r-1')).toMatchObject({ state: 'unknown', error: { code: 'PRV_CRM_OPEN311_PENDING' } })
  })

  it('that takes too long leaves it unknown; sent again, it is the same request', async () => {
    await using opened = await openAtStandIn({ tokenAsks: 10 })
    expect(await opened.send('r-1')).toMatchObject({ state: 'unknown', error: { code: 'PRV_CRM_OPEN311_PENDING' } })
    const asked = await opened.adapter.lookup?.({ id: 'b', messages: [requestOf('r-1')] }, signal)
    expect(asked).toMatchObject([{ state: 'not-taken', error: { code: 'PRV_ADAPTER_NEVER_SEEN' } }])
    expect(await opened.send('r-1')).toEqual({ state: 'delivered', proof: '1001' })
    expect(opened.system.cases()).toHaveLength(1)
  })
})
