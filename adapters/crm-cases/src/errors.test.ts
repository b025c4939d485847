import { withStatus } from '@portreeve/adapter-sdk/contract'
import type { HttpBehaviour } from '@portreeve/adapter-sdk/stand-in'
import { describe, expect, it } from 'vitest'
import { openAtStandIn } from './testing/opened.ts'

describe('a fault while the person is looked for', () => {
  it.each<[string, HttpBehaviour, string]>([
    ['401', withStatus(401), 'PRV_ADAPTER_LOGIN'],
    ['429', withStatus(429), 'PRV_ADAPTER_BUSY'],
    ['500', withStatus(500), 'PRV_ADAPTER_UNAVAILABLE'],
    ['a cut connection', { kind: 'cut' }, 'PRV_ADAPTER_UNAVAILABLE'],
    ['an empty answer', { kind: 'empty' }, 'PRV_ADAPTER_UNAVAILABLE'],
  ])('leaves the message surely not taken: %s', async (_what, behaviour, code) => {
    await using opened = await openAtStandIn()
    opened.system.misbehave({ ...behaviour, on: 'read' })
    expect(await opened.send('r-1')).toMatchObject({ state: 'not-taken', error: { code } })
    expect(opened.system.requests().write).toBe(0)
  })
})
