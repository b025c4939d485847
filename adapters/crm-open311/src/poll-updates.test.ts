import type { Adapter, Polled } from '@portreeve/adapter-sdk'
import type { AddressUpdateAnswered } from '@portreeve/model'
import { addressUpdateAnsweredSchema } from '@portreeve/model'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { openAtStandIn } from './testing/opened.ts'

const { signal } = new AbortController()

/** A clock over there, which moves when it is told to. */
function stoppedClock() {
  let at = Date.parse('2026-03-02T08:00:00.250Z')
  return {
    now: () => new Date(at),
    pass(seconds: number) {
      at += seconds * 1000
    },
  }
}

async function pollAll(adapter: Adapter, cursor: string | null = null) {
  return await Array.fromAsync<{ polled: Polled; cursor: string | null }>(adapter.poll?.(cursor, signal) ?? [])
}

function answerIn({ message }: Polled): AddressUpdateAnswered {
  const answer: AddressUpdateAnswered = JSON.parse(new TextDecoder().decode(message.body))
  expect(Value.Check(addressUpdateAnsweredSchema, answer)).toBe(true)
  return answer
}

describe('what becomes of a request comes back', () => {
  it.each([
    ['in-progress', 'in-progress', 'in_progress'],
    ['resolved', 'confirmed', 'fixed'],
    ['rejected', 'rejected', 'no_further_action'],
  ] as const)('%s as %s, with the words of the one who did it', async (theirs, status, code) => {
    const now = () => new Date('2026-03-03T09:30:00Z')
    await using opened = await openAtStandIn({ now })
    await opened.send('r-1')
    opened.system.changeStatus('1001', theirs, 'Seen by the desk.')
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
      systemReference: '1001',
      code,
      words: 'Seen by the desk.',
      answeredAt: '2026-03-03T09:30:00.000Z',
    })
  })

  it('step by step, in its order, each step once', async () => {
    const clock = stoppedClock()
    await using opened = await openAtStandIn({ now: clock.now })
    await opened.send('r-1')
    opened.system.changeStatus('1001', 'in-progress')
    const [first, ...others] = await pollAll(opened.adapter)
    clock.pass(3600)
    opened.system.changeStatus('1001', 'resolved')
    const [second, ...more] = await pollAll(await opened.again(), first?.cursor)
    expect([others, more]).toEqual([[], []])
    expect([first, second].map((found) => found && answerIn(found.polled).status)).toEqual(['in-progress', 'confirmed'])
    expect(await pollAll(opened.adapter, second?.cursor)).toEqual([])
  })
})

describe('of many changes, none is lost and none doubled', () => {
  const idsIn = (found: Awaited<ReturnType<typeof pollAll>>) => found.map(({ polled }) => polled.message.key)
  const numbers = Array.from({ length: 45 }, (_, index) => index + 1)

  it.each([
    ['a second apart', 1],
    ['all in the same second', 0],
  ])('over pages of ten, %s', async (_how, seconds) => {
    const clock = stoppedClock()
    await using opened = await openAtStandIn({ now: clock.now, pageSize: 10 })
    for (const number of numbers) await opened.send(`r-${number}`)
    clock.pass(60)
    for (const number of numbers) {
      opened.system.changeStatus(`${1000 + number}`, 'resolved')
      clock.pass(seconds)
    }
    const found = await pollAll(opened.adapter)
    expect(idsIn(found)).toEqual(numbers.map((number) => `r-${number}`))
    expect(await pollAll(await opened.again(), found.at(-1)?.cursor)).toEqual([])
    const middle = found[20]?.cursor ?? null
    expect(idsIn(await pollAll(await opened.again(), middle))).toEqual(numbers.slice(21).map((number) => `r-${number}`))
  })

  it('where one more comes in the second that was read already', async () => {
    const clock = stoppedClock()
    await using opened = await openAtStandIn({ now: clock.now })
    await opened.send('r-1')
    await opened.send('r-2')
    clock.pass(60)
    opened.system.changeStatus('1001', 'resolved')
    const [first] = await pollAll(opened.adapter)
    opened.system.changeStatus('1002', 'in-progress')
    const [second, ...others] = await pollAll(opened.adapter, first?.cursor)
    opened.system.changeStatus('1002', 'rejected')
    const third = await pollAll(opened.adapter, second?.cursor)
    expect(others).toEqual([])
    expect([first, second, ...third].map((found) => found && answerIn(found.polled).status)).toEqual([
      'confirmed',
      'in-progress',
      'rejected',
    ])
    expect(await pollAll(opened.adapter, third[0]?.cursor)).toEqual([])
  })

  it('where staff change their words within the second that was read already', async () => {
    const clock = stoppedClock()
    await using opened = await openAtStandIn({ now: clock.now })
    await opened.send('r-1')
    clock.pass(60)
    opened.system.changeStatus('1001', 'in-progress', 'Seen by the desk.')
    const [first] = await pollAll(opened.adapter)
    opened.system.changeStatus('1001', 'in-progress', 'Handed on.')
    const [second, ...others] = await pollAll(opened.adapter, first?.cursor)
    expect(others).toEqual([])
    expect([first, second].map((found) => found && answerIn(found.polled).words)).toEqual([
      'Seen by the desk.',
      'Handed on.',
    ])
    expect(second?.polled.message.idSeed).not.toBe(first?.polled.message.idSeed)
  })

  it('where a request moves to the end while its page is read', async () => {
    const clock = stoppedClock()
    await using opened = await openAtStandIn({ now: clock.now, pageSize: 10 })
    for (const number of numbers) await opened.send(`r-${number}`)
    clock.pass(60)
    for (const number of numbers) {
      opened.system.changeStatus(`${1000 + number}`, 'in-progress')
      clock.pass(5)
    }
    const stop = opened.system.requests().read
    const moved = setInterval(() => {
      if (opened.system.requests().read < stop + 2) return
      clearInterval(moved)
      opened.system.changeStatus('1001', 'resolved')
    }, 0)
    const found = await pollAll(opened.adapter)
    clearInterval(moved)
    const rest = await pollAll(opened.adapter, found.at(-1)?.cursor)
    expect(new Set(idsIn([...found, ...rest]))).toEqual(new Set(numbers.map((number) => `r-${number}`)))
  })
})

describe('what we wrote ourselves never echoes', () => {
  it('neither the case that we opened nor what is written under our own user', async () => {
    await using opened = await openAtStandIn()
    await opened.send('r-1')
    opened.system.changeStatus('1001', 'in-progress', 'By the integration.', 'portreeve')
    expect(await pollAll(opened.adapter)).toEqual([])
  })

  it('nor a new case that the CRM itself signs', async () => {
    await using opened = await openAtStandIn({ integrationUser: 'SYSTEM' })
    await opened.send('r-1')
    expect(await pollAll(opened.adapter)).toEqual([])
  })

  it('and is not read again in every poll', async () => {
    const clock = stoppedClock()
    await using opened = await openAtStandIn({ now: clock.now })
    for (let number = 0; number < 300; number++) {
      await opened.send(`r-${number}`)
      clock.pass(1)
    }
    const questions = async () => {
      const before = opened.system.requests().read
      expect(await pollAll(opened.adapter)).toEqual([])
      return opened.system.requests().read - before
    }
    const [first, second] = [await questions(), await questions()]
    expect(second).toBeLessThan(first)
    opened.system.changeStatus('1300', 'resolved')
    expect(await pollAll(opened.adapter)).toHaveLength(1)
  })
})

it('brings what a clock that is fast over there has dated, once, and loses nothing behind it', async () => {
  const clock = stoppedClock()
  await using opened = await openAtStandIn({ now: clock.now })
  await opened.send('r-1')
  await opened.send('r-2')
  clock.pass(30 * 86_400)
  opened.system.changeStatus('1001', 'resolved')
  const [first] = await pollAll(opened.adapter)
  clock.pass(-29 * 86_400)
  opened.system.changeStatus('1002', 'resolved')
  const [second, ...others] = await pollAll(opened.adapter, first?.cursor)
  expect([first?.polled.message.key, second?.polled.message.key, others]).toEqual(['r-1', 'r-2', []])
})

it('begins anew with the cursor of the adapter whose place it has taken, and says the same as before', async () => {
  await using opened = await openAtStandIn()
  await opened.send('r-1')
  opened.system.changeStatus('1001', 'resolved')
  const ids = async (cursor: string | null) =>
    (await pollAll(opened.adapter, cursor)).map(({ polled }) => polled.message.idSeed)
  expect(await ids('crm-cases:17')).toEqual(await ids(null))
})
