import { PortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import { messagesOf, type Report, sleepingClock } from '../testing/delivery-world.ts'
import { type Behaviour, KeyedBackOffice } from '../testing/keyed-back-office.ts'
import { RememberingStores } from '../testing/remembering-stores.ts'
import { createDelivery, type DeliveryOptions } from './delivery.ts'
import type { Receiver } from './receiver.ts'

const good = (...keys: string[]): Report[] => keys.map((key) => ({ key, body: 'good' }))
const never = new AbortController().signal
const down = new PortreeveError('PRV_ENDPOINTS_HTTP_UNREACHABLE', { method: 'POST', url: 'u', fault: 'refused' })

function setUp(script: readonly Behaviour[], options: Partial<DeliveryOptions> & { can?: Partial<Receiver> } = {}) {
  const office = new KeyedBackOffice(script)
  const stores = new RememberingStores()
  const clock = sleepingClock()
  const told: string[] = []
  const { can, ...rest } = options
  const delivery = createDelivery({
    receiver: { ...office.receiver({ lookup: true, idempotentSend: true }), ...can },
    attempts: stores.attempts,
    parked: stores.parked,
    clock,
    retry: { random: () => 0.5 },
    onPaused: ({ error }) => told.push(`paused ${error.code}`),
    onResumed: () => told.push('resumed'),
    ...rest,
  })
  return { office, stores, clock, told, delivery }
}

describe('what a batch becomes', () => {
  it('is sent once, and each message has its own outcome, in order', async () => {
    const { delivery, office } = setUp([])
    const { finished, outcomes } = await delivery.deliver(
      messagesOf([
        { key: 'a', body: 'good' },
        { key: 'b', body: 'refused' },
        { key: 'c', body: 'good' },
      ]),
      never,
    )
    expect(finished).toBe(3)
    expect(outcomes.map(({ messageId, state, code, proof }) => [messageId, state, code ?? proof])).toEqual([
      ['m0', 'delivered', 'receipt m0'],
      ['m1', 'refused', '1012'],
      ['m2', 'delivered', 'receipt m2'],
    ])
    expect(office.calls.map(({ call, messages }) => [call, messages])).toEqual([['send', ['m0', 'm1', 'm2']]])
  })

  it('is known as an open attempt on disk before it is sent', async () => {
    const { delivery, stores } = setUp([], {
      can: {
        async send(batch) {
          expect(stores.open.map(({ batchId, messageIds }) => [batchId, messageIds])).toEqual([
            [batch.id, ['m0', 'm1']],
          ])
          return batch.messages.map(() => ({ state: 'delivered', proof: 'x' }))
        },
      },
    })
    expect((await delivery.deliver(messagesOf(good('a', 'b')), never)).finished).toBe(2)
  })

  it('ends the attempt once a later batch shows that its outcomes were recorded', async () => {
    const { delivery, stores } = setUp([])
    const messages = messagesOf(good('a', 'b'))
    await delivery.deliver(messages.slice(0, 1), never)
    expect(stores.open.map(({ messageIds }) => messageIds)).toEqual([['m0']])
    await delivery.deliver(messages.slice(1), never)
    expect(stores.open.map(({ messageIds }) => messageIds)).toEqual([['m1']])
  })

  it('goes again at once without the refused ones when they spoilt it for their neighbours', async () => {
    const { delivery, office, clock } = setUp(['refuses all for one'])
    const { outcomes } = await delivery.deliver(
      messagesOf([...good('a', 'b'), { key: 'c', body: 'refused' }, ...good('d')]),
      never,
    )
    expect(outcomes.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'refused', 'delivered'])
    expect(office.calls.map(({ messages }) => messages)).toEqual([
      ['m0', 'm1', 'm2', 'm3'],
      ['m0', 'm1', 'm3'],
    ])
    expect(new Set(office.calls.map(({ id }) => id)).size).toBe(2)
    expect(clock.slept).toEqual([])
  })

  it.each([
    [false, [['m0', 'm1'], ['m2']]],
    [true, [['m0', 'm1', 'm2']]],
  ])('holds messages of one key together only when the receiver keeps their order: %s', async (keepsOrder, batches) => {
    const { delivery, office } = setUp([], { can: { keepsOrder } })
    await delivery.deliver(messagesOf(good('a', 'b', 'a')), never)
    expect(office.calls.map(({ messages }) => messages)).toEqual(batches)
  })

  it('keeps within the limits of a batch', async () => {
    const { delivery, office } = setUp([], { limits: { maxMessages: 3, maxBytes: 9 } })
    await delivery.deliver(messagesOf(good('a', 'b', 'c', 'd', 'e')), never)
    expect(office.calls.map(({ messages }) => messages)).toEqual([['m0', 'm1'], ['m2', 'm3'], ['m4']])
  })
})

describe('a receiver that is down', () => {
  it('is told of once, tried with back-off under the same batch id, and told of once when it is back', async () => {
    const { delivery, office, clock, told } = setUp(['is down', 'is down', 'is down'])
    const { outcomes } = await delivery.deliver(messagesOf(good('a')), never)
    expect(outcomes.map(({ state }) => state)).toEqual(['delivered'])
    expect(told).toEqual(['paused PRV_ENDPOINTS_HTTP_UNREACHABLE', 'resumed'])
    expect(clock.slept).toEqual([500, 1000, 2000])
    expect(new Set(office.calls.map(({ id }) => id)).size).toBe(1)
  })

  it('is left alone for as long as it asks', async () => {
    const { delivery, clock } = setUp(['is overloaded'])
    await delivery.deliver(messagesOf(good('a')), never)
    expect(clock.slept).toEqual([5000])
  })

  it('is tried by one partition only while the others wait', async () => {
    const { delivery, office } = setUp(['is down', 'is down', 'is down'])
    const inPartition = (partition: number) =>
      messagesOf(good('a')).map((item) => ({
        ...item,
        place: { ...item.place, partition },
        message: { ...item.message, envelope: { ...item.message.envelope, id: `p${partition}` } },
      }))
    const results = await Promise.all([0, 1, 2].map((p) => delivery.deliver(inPartition(p), never)))
    expect(results.map(({ finished }) => finished)).toEqual([1, 1, 1])
    // Three find it down at first; after that, one of them finds out when it is back.
    expect(office.calls.length).toBeLessThanOrEqual(6)
    expect(office.effects.toSorted()).toEqual(['p0', 'p1', 'p2'])
  })

  it('holds nothing up when the broker stops: what is settled from the first on is finished, the rest comes again', async () => {
    const stop = new AbortController()
    const { delivery, office } = setUp(['takes', 'is down'], {
      limits: { maxMessages: 2 },
      onPaused: () => stop.abort(),
    })
    const messages = messagesOf(good('a', 'b', 'c', 'd'))
    const { finished, outcomes } = await delivery.deliver(messages, stop.signal)
    expect([finished, outcomes.length]).toEqual([2, 2])
    expect((await delivery.deliver(messages.slice(finished), never)).finished).toBe(2)
    expect(office.effects).toEqual(['m0', 'm1', 'm2', 'm3'])
  })

  it('loses sight of no batch when the broker stops: none is cut in two by what is finished', async () => {
    const stop = new AbortController()
    const { delivery, office } = setUp(['takes', 'is down'], { onPaused: () => stop.abort() })
    const messages = messagesOf(good('a', 'a', 'b'))
    const { finished } = await delivery.deliver(messages, stop.signal)
    expect(office.calls.map(({ messages }) => messages)).toEqual([['m0', 'm2'], ['m1']])
    const { outcomes } = await delivery.deliver(messages.slice(finished), never)
    expect(outcomes.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered'])
    expect(office.effects).toEqual(['m0', 'm2', 'm1'])
  })

  it('is not called down when it was the broker that stopped', async () => {
    const stop = new AbortController()
    const { delivery, told, stores } = setUp([], {
      can: {
        send: async () => {
          stop.abort()
          throw new PortreeveError('PRV_ENDPOINTS_STOPPED', { operation: 'POST u' })
        },
      },
    })
    expect((await delivery.deliver(messagesOf(good('a')), stop.signal)).finished).toBe(0)
    expect([told, stores.open]).toEqual([[], []])
  })

  it('is not asked for anything any more once the broker stops', async () => {
    const { delivery, office } = setUp([])
    expect(await delivery.deliver(messagesOf(good('a')), AbortSignal.abort())).toEqual({ finished: 0, outcomes: [] })
    expect(office.calls).toEqual([])
  })

  it('may come back late from a call after the broker stopped: its outcome is unknown then, not lost', async () => {
    const stop = new AbortController()
    const { delivery, stores } = setUp([], {
      can: {
        send: () => {
          stop.abort()
          return new Promise(() => {})
        },
      },
    })
    expect((await delivery.deliver(messagesOf(good('a')), stop.signal)).finished).toBe(0)
    expect(stores.open).toHaveLength(1)
  })
})

describe('an unknown outcome', () => {
  it('is asked about, and nothing is sent again when the receiver has it', async () => {
    const { delivery, office } = setUp(['takes, but the answer is lost'])
    const { outcomes } = await delivery.deliver(messagesOf(good('a')), never)
    expect(outcomes.map(({ state, proof }) => [state, proof])).toEqual([['delivered', 'receipt m0']])
    expect(office.calls.map(({ call }) => call)).toEqual(['send', 'lookup'])
  })

  it('is sent again under the same id where the receiver says that it never came', async () => {
    const { delivery, office } = setUp(['is lost on the way'])
    await delivery.deliver(messagesOf(good('a')), never)
    expect(office.calls.map(({ call }) => call)).toEqual(['send', 'lookup', 'send'])
    expect(new Set(office.calls.map(({ id }) => id)).size).toBe(1)
  })

  it('is denied twice before it is sent again to one that would count it twice', async () => {
    const { delivery, office } = setUp(['is lost on the way'], { can: { idempotentSend: false } })
    await delivery.deliver(messagesOf(good('a')), never)
    expect(office.calls.map(({ call }) => call)).toEqual(['send', 'lookup', 'lookup', 'send'])
  })

  it('goes to a person after a bounded number of asks', async () => {
    const unknown = { state: 'unknown', error: down.toJSON() } as const
    let asked = 0
    const { delivery, stores } = setUp(['takes, but the answer is lost'], {
      limits: { maxAsks: 3 },
      can: {
        async lookup(batch) {
          asked++
          return batch.messages.map(() => unknown)
        },
      },
    })
    const { outcomes } = await delivery.deliver(messagesOf(good('a')), never)
    expect(outcomes.map(({ state, code }) => [state, code])).toEqual([['parked', 'PRV_CORE_OUTCOME_UNKNOWN']])
    expect([asked, [...stores.queues.keys()]]).toEqual([3, ['a']])
  })

  it('keeps the order of its key in the queue when an earlier message of the batch still waits', async () => {
    const { delivery, stores } = setUp([], {
      limits: { maxAsks: 1 },
      can: {
        keepsOrder: true,
        idempotentSend: false,
        send: async () => [
          { state: 'not-taken', error: new PortreeveError('PRV_ENDPOINTS_HTTP_NO_ANSWER', {}).toJSON() },
          { state: 'unknown', error: down.toJSON() },
        ],
        lookup: async () => [
          { state: 'not-taken', error: down.toJSON() },
          { state: 'unknown', error: down.toJSON() },
        ],
      },
    })
    const { outcomes } = await delivery.deliver(messagesOf(good('a', 'a')), never)
    expect(outcomes.map(({ code }) => code)).toEqual(['PRV_CORE_QUEUED_BEHIND', 'PRV_CORE_OUTCOME_UNKNOWN'])
    expect(stores.queues.get('a')?.entries.map(({ messageId }) => messageId)).toEqual(['m0', 'm1'])
  })

  it.each(['PRV_ENDPOINTS_HTTP_UNREACHABLE', 'PRV_ENDPOINTS_HTTP_NO_ANSWER'] as const)(
    'does not use up the asks while a look-up brings no answer (%s): the receiver is paused, nobody is bothered',
    async (code) => {
      const office = new KeyedBackOffice(['takes, but the answer is lost'])
      const able = office.receiver({ lookup: true, idempotentSend: true })
      let outage = 20
      const { delivery, told } = setUp([], {
        receiver: {
          ...able,
          async lookup(batch, signal) {
            if (outage-- > 0) throw new PortreeveError(code, {})
            return (await able.lookup?.(batch, signal)) ?? []
          },
        },
        limits: { maxAsks: 2 },
      })
      const { outcomes } = await delivery.deliver(messagesOf(good('a')), never)
      expect(outcomes.map(({ state }) => state)).toEqual(['delivered'])
      expect(office.effects).toEqual(['m0'])
      expect(told).toEqual([`paused ${code}`, 'resumed'])
    },
  )

  it('goes to a person when the look-up itself fails in an unforeseen way again and again', async () => {
    let asked = 0
    const { delivery } = setUp(['takes, but the answer is lost'], {
      limits: { maxAsks: 3 },
      can: {
        lookup: async () => {
          asked++
          throw new RangeError('Jo Bloggs')
        },
      },
    })
    const { outcomes } = await delivery.deliver(messagesOf(good('a')), never)
    expect([outcomes[0]?.code, asked]).toEqual(['PRV_CORE_OUTCOME_UNKNOWN', 3])
  })
})

describe('a message that cannot be sent', () => {
  it('is parked with its reason, later ones of its key queue behind it, other keys go on', async () => {
    const { delivery, stores, office } = setUp([])
    const messages = messagesOf([{ key: 'a', body: 'bad' }, ...good('b', 'a', 'c')])
    const { outcomes } = await delivery.deliver(messages, never)
    expect(outcomes.map(({ state, code }) => [state, code])).toEqual([
      ['parked', 'PRV_VALUEBILL_MESSAGE'],
      ['delivered', undefined],
      ['parked', 'PRV_CORE_QUEUED_BEHIND'],
      ['delivered', undefined],
    ])
    expect(stores.queues.get('a')?.entries.map(({ messageId }) => messageId)).toEqual(['m0', 'm2'])
    expect(office.effects).toEqual(['m1', 'm3'])
  })

  it('is found among the others when the adapter throws over the whole batch', async () => {
    const office = new KeyedBackOffice()
    const able = office.receiver({ lookup: true, idempotentSend: true })
    const { delivery } = setUp([], {
      receiver: {
        ...able,
        async send(batch, signal) {
          if (batch.messages.some(({ envelope }) => envelope.id === 'm5')) {
            throw new PortreeveError('PRV_VALUEBILL_MESSAGE', { id: 'R' })
          }
          return await able.send(batch, signal)
        },
      },
    })
    const { outcomes } = await delivery.deliver(messagesOf(good('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')), never)
    expect(outcomes.filter(({ state }) => state === 'parked').map(({ messageId }) => messageId)).toEqual(['m5'])
    expect(office.effects).toHaveLength(7)
  })

  it('is parked when the adapter fails over it in an unforeseen way again and again', async () => {
    const office = new KeyedBackOffice()
    const able = office.receiver({ lookup: true, idempotentSend: true })
    const { delivery } = setUp([], {
      receiver: {
        ...able,
        async send(batch, signal) {
          if (batch.messages.some(({ envelope }) => envelope.id === 'm1')) throw new RangeError('Jo Bloggs, 1 High St')
          return await able.send(batch, signal)
        },
      },
    })
    const { outcomes } = await delivery.deliver(messagesOf(good('a', 'b', 'c')), never)
    expect(outcomes.map(({ state, code }) => [state, code])).toEqual([
      ['delivered', undefined],
      ['parked', 'PRV_CORE_ADAPTER_FAULT'],
      ['delivered', undefined],
    ])
    expect(JSON.stringify(outcomes)).not.toContain('Bloggs')
  })

  it('goes out again once a person has corrected it, and what queued follows', async () => {
    const { delivery, stores, office } = setUp([])
    const messages = messagesOf([{ key: 'a', body: 'bad' }, ...good('a')])
    await delivery.deliver(messages, never)
    const [bad, behind] = messages
    if (!bad || !behind) throw new TypeError('two messages')
    expect(await delivery.redeliver(bad, never)).toMatchObject({ state: 'parked' })
    const corrected = { ...bad.message, body: new TextEncoder().encode('good') }
    expect(await delivery.redeliver({ ...bad, message: corrected, edited: true }, never)).toMatchObject({
      state: 'delivered',
    })
    expect(await delivery.redeliver(behind, never)).toMatchObject({ state: 'delivered' })
    expect(office.effects).toEqual(['m0', 'm1'])
    for (const { message } of messages) stores.settle(message.envelope.id)
    // The log hands both over again after a crash: they are dealt with, and recorded already.
    const after = await delivery.deliver(messages, never)
    expect(after.outcomes.map(({ state }) => state)).toEqual(['recorded', 'recorded'])
    expect(office.effects).toHaveLength(2)
  })
})

describe('after a crash', () => {
  it('asks before it sends anything', async () => {
    const first = setUp(['takes'])
    const messages = messagesOf(good('a', 'b', 'c'))
    await first.delivery.deliver(messages.slice(0, 2), never)
    const second = setUp([], {
      receiver: first.office.receiver({ lookup: true, idempotentSend: false }),
      attempts: first.stores.attempts,
    })
    await second.delivery.deliver(messages, never)
    expect(first.office.calls.map(({ call, messages }) => [call, messages])).toEqual([
      ['send', ['m0', 'm1']],
      ['lookup', ['m0', 'm1']],
      ['send', ['m2']],
    ])
  })

  it.each([['takes'], ['is down']] as const)(
    'sends what never came as the same batch, though more waits by now: it may still be on its way in (the next one %s)',
    async (next) => {
      const office = new KeyedBackOffice(['comes in after the next one', next])
      const receiver = office.receiver({ lookup: true, idempotentSend: true })
      const stop = new AbortController()
      const stopsWhileSending = {
        receiver: {
          ...receiver,
          send: (...call: Parameters<Receiver['send']>) => receiver.send(...call).finally(() => stop.abort()),
        },
      }
      const first = setUp([], stopsWhileSending)
      const messages = messagesOf(good('a', 'b', 'c'))
      expect((await first.delivery.deliver(messages.slice(0, 1), stop.signal)).finished).toBe(0)
      const { attempts } = first.stores
      const { finished } = await setUp([], { receiver, attempts }).delivery.deliver(messages, never)
      expect(finished).toBe(3)
      expect(office.effects).toEqual(['m0', 'm1', 'm2'])
      expect(
        office.calls
          .filter(({ call }) => call === 'send')
          .map(({ messages }) => messages)
          .at(-1),
      ).toEqual(['m1', 'm2'])
    },
  )

  it('sends what was denied in an earlier run as the same batch, whenever the broker was stopped since', async () => {
    const office = new KeyedBackOffice(['comes in after the next one'])
    const receiver = office.receiver({ lookup: true, idempotentSend: true })
    const stop = new AbortController()
    const first = setUp([], { receiver, onPaused: () => stop.abort() })
    const messages = messagesOf(good('a', 'b', 'c'))
    expect((await first.delivery.deliver(messages.slice(0, 1), stop.signal)).finished).toBe(0)
    expect(
      office.calls.map(({ call }) => call),
      'denied, and stopped in the pause after it',
    ).toEqual(['send', 'lookup'])
    await setUp([], { receiver, attempts: first.stores.attempts }).delivery.deliver(messages, never)
    expect(office.effects).toEqual(['m0', 'm1', 'm2'])
  })

  it('holds for a person what nobody can be asked about', async () => {
    const first = setUp(['takes'])
    const messages = messagesOf(good('a', 'b'))
    await first.delivery.deliver(messages.slice(0, 1), never)
    const second = setUp([], {
      receiver: first.office.receiver({ lookup: false, idempotentSend: false }),
      attempts: first.stores.attempts,
    })
    const { outcomes } = await second.delivery.deliver(messages, never)
    expect(outcomes.map(({ state, code }) => [state, code])).toEqual([
      ['parked', 'PRV_CORE_OUTCOME_UNKNOWN'],
      ['delivered', undefined],
    ])
    expect(first.office.effects).toEqual(['m0', 'm1'])
  })

  it('waits for the rest of a batch that the log hands over in part, and asks about it as a whole', async () => {
    const first = setUp(['takes'])
    const messages = messagesOf(good('a', 'b', 'c'))
    await first.delivery.deliver(messages, never)
    expect(await first.delivery.deliver(messages.slice(0, 2), never)).toEqual({ finished: 0, outcomes: [] })
    const { outcomes } = await first.delivery.deliver(messages, never)
    expect(outcomes.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered'])
    expect(first.office.effects).toHaveLength(3)
  })

  it('holds for a person what comes in part again and again, as when batches were made smaller meanwhile', async () => {
    const { delivery, office } = setUp(['takes'])
    const messages = messagesOf(good('a', 'b', 'c'))
    await delivery.deliver(messages, never)
    const results = []
    for (let i = 0; i < 6; i++) results.push((await delivery.deliver(messages.slice(0, 2), never)).finished)
    expect(results).toEqual([0, 0, 0, 0, 0, 2])
    expect((await delivery.deliver(messages.slice(2), never)).outcomes.map(({ state }) => state)).toEqual(['parked'])
    expect(office.effects).toHaveLength(3)
  })
})

it('passes on what the stores reject with: nothing is sent that is not known on disk', async () => {
  const { delivery, office } = setUp([], {
    attempts: {
      begin: () => Promise.reject(new PortreeveError('PRV_DATABASE_DISK_FULL', { path: 'p', fault: 'f' })),
      openAttempts: async () => [],
      end: async () => {},
    },
  })
  await expect(delivery.deliver(messagesOf(good('a')), never)).rejects.toThrow('took no more data')
  expect(office.calls).toEqual([])
})

describe('a message that is good for a while only', () => {
  const time = Date.parse(messagesOf(good('a'))[0]?.message.envelope.time ?? '')
  const clockFrom = (ageMs: number) => {
    let now = time + ageMs
    return {
      now: () => new Date(now),
      sleep: async (ms: number) => {
        now += ms
      },
    }
  }

  it('goes to a person when it is too old, and later ones of its key behind it; it was never sent', async () => {
    const limits = { expireAfterMs: 3_600_000 }
    const { delivery, office, stores } = setUp([], { limits, clock: clockFrom(3_600_001) })
    const { outcomes } = await delivery.deliver(messagesOf(good('a', 'a', 'b')), never)
    expect(outcomes.map(({ state, code }) => [state, code])).toEqual(Array(3).fill(['parked', 'PRV_CORE_EXPIRED']))
    expect(office.calls).toEqual([])
    expect([...stores.queues.keys()]).toEqual(['a', 'b'])
  })

  it('expires while its receiver is down', async () => {
    const limits = { expireAfterMs: 3_600_000 }
    const { delivery, office } = setUp(Array(5000).fill('is down'), { limits, clock: clockFrom(0) })
    const { outcomes } = await delivery.deliver(messagesOf(good('a')), never)
    expect(outcomes).toMatchObject([{ state: 'parked', code: 'PRV_CORE_EXPIRED' }])
    expect(office.effects).toEqual([])
  })

  it('is asked about all the same when it may have been taken', async () => {
    const limits = { expireAfterMs: 3_600_000 }
    const clock = clockFrom(3_599_000)
    const { delivery, office } = setUp(['takes, but the answer is lost'], { limits, clock })
    const { outcomes } = await delivery.deliver(messagesOf(good('a')), never)
    expect(outcomes).toMatchObject([{ state: 'delivered' }])
    expect(office.effects).toEqual(['m0'])
  })

  it('is sent when a person says so, however old', async () => {
    const limits = { expireAfterMs: 3_600_000 }
    const { delivery, office } = setUp([], { limits, clock: clockFrom(7_200_000) })
    const [message] = messagesOf(good('a'))
    if (!message) throw new TypeError('one message was asked for')
    await delivery.deliver([message], never)
    expect(await delivery.redeliver(message, never)).toMatchObject({ state: 'delivered' })
    expect(office.effects).toEqual(['m0'])
  })
})
