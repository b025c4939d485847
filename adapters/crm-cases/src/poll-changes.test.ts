import type { Adapter, Polled } from '@portreeve/adapter-sdk'
import type { AddressUpdateAnswered } from '@portreeve/model'
import { addressUpdateAnsweredSchema } from '@portreeve/model'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { openAtStandIn } from './testing/opened.ts'

const { signal } = new AbortController()

async function pollAll(adapter: Adapter, cursor: string | null = null) {
  return await Array.fromAsync<{ polled: Polled; cursor: string | null }>(adapter.poll?.(cursor, signal) ?? [])
}

function answerIn({ message }: Polled): AddressUpdateAnswered {
  const answer: AddressUpdateAnswered = JSON.parse(new TextDecoder().decode(message.body))
  expect(Value.Check(addressUpdateAnsweredSchema, answer)).toBe(true)
  return answer
}

describe('what becomes of a case comes back', () => {
  it.each([
    ['in-progress', 'in-progress', 'InProgress'],
    ['resolved', 'confirmed', 'Resolved'],
    ['rejected', 'rejected', 'Rejected'],
  ] as const)('%s as %s, with the words of the one who did it', async (theirs, status, code) => {
    const now = () => new Date('2026-03-03T09:30:00Z')
    await using opened = await openAtStandIn({ now })
    await opened.send('r-1')
    opened.system.changeStatus('C-1', theirs, 'Seen by the desk.')
    const [found, ...others] = await pollAll(opened.adapter)
    expect(others).toEqual([])
    expect(found?.polled.message).toMatchObject({
      type: 'customer.address-update.answered',
      key: 'r-1',
      attributes: { origin: 'crm', channel: 'system' },
    })
    expect(found && answerIn(found.polled)).toEqual({
      system: 'crm',
      requestId: 'r-1',
      status,
      systemReference: 'C-1',
      code,
      words: 'Seen by the desk.',
      answeredAt: '2026-03-03T09:30:00.000Z',
    })
  })

  it('step by step, in its order, each step once', async () => {
    await using opened = await openAtStandIn()
    await opened.send('r-1')
    opened.system.changeStatus('C-1', 'in-progress')
    opened.system.changeStatus('C-1', 'resolved')
    const [first, second] = await pollAll(opened.adapter)
    expect([first, second].map((found) => found && answerIn(found.polled).status)).toEqual(['in-progress', 'confirmed'])
    expect(await pollAll(await opened.again(), first?.cursor)).toEqual([
      { ...second, polled: { ...second?.polled, settle: expect.any(Function) } },
    ])
    expect(await pollAll(opened.adapter, second?.cursor)).toEqual([])
  })

  it('as two messages, where staff have written two words within one moment', async () => {
    await using opened = await openAtStandIn({ now: () => new Date('2026-03-03T09:30:00Z') })
    await opened.send('r-1')
    for (const words of ['Seen by the desk.', 'Handed on.']) opened.system.changeStatus('C-1', 'in-progress', words)
    const found = await pollAll(opened.adapter)
    expect(found.map(({ polled }) => answerIn(polled).words)).toEqual(['Seen by the desk.', 'Handed on.'])
    expect(new Set(found.map(({ polled }) => polled.message.idSeed)).size).toBe(2)
  })

  it('over more pages than one', async () => {
    await using opened = await openAtStandIn()
    await opened.send('r-1')
    for (let step = 0; step < 450; step++) opened.system.changeStatus('C-1', 'in-progress', `Step ${step}.`)
    const words = (await pollAll(opened.adapter)).map(({ polled }) => answerIn(polled).words)
    expect(words).toEqual(Array.from({ length: 450 }, (_, step) => `Step ${step}.`))
  })
})

describe('what we wrote ourselves never echoes', () => {
  it('neither the case that we opened nor what is written under our own user', async () => {
    await using opened = await openAtStandIn()
    await opened.send('r-1')
    opened.system.changeStatus('C-1', 'in-progress', 'By the integration.', 'portreeve')
    expect(await pollAll(opened.adapter)).toEqual([])
  })

  it('nor a new case that the CRM itself signs', async () => {
    await using opened = await openAtStandIn({ integrationUser: 'SYSTEM' })
    await opened.send('r-1')
    expect(await pollAll(opened.adapter)).toEqual([])
  })

  it('and is not read again in every poll', async () => {
    await using opened = await openAtStandIn()
    for (let number = 0; number < 300; number++) await opened.send(`r-${number}`)
    await pollAll(opened.adapter)
    const before = opened.system.requests().read
    await pollAll(opened.adapter)
    expect(opened.system.requests().read - before).toBe(1)
    opened.system.changeStatus('C-300', 'resolved')
    expect(await pollAll(opened.adapter)).toHaveLength(1)
  })
})

it('begins anew with the cursor of the adapter whose place it has taken, and says the same as before', async () => {
  await using opened = await openAtStandIn()
  await opened.send('r-1')
  opened.system.changeStatus('C-1', 'resolved')
  const ids = async (cursor: string | null) =>
    (await pollAll(opened.adapter, cursor)).map(({ polled }) => polled.message.idSeed)
  expect(await ids('crm-open311:{"at":"2026-03-02T10:00:00Z"}')).toEqual(await ids(null))
})
