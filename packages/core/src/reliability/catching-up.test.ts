import { PortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import { messagesOf } from '../testing/delivery-world.ts'
import { RememberingStores } from '../testing/remembering-stores.ts'
import { VirtualClock } from '../testing/virtual-clock.ts'
import type { Attempts } from './attempts.ts'
import { createDelivery, type DeliveryOptions } from './delivery.ts'
import type { DeliveryMessage } from './delivery-message.ts'
import type { Receiver, SendBatch, SendOutcome } from './receiver.ts'

const never = new AbortController().signal
const down = new PortreeveError('PRV_ENDPOINTS_HTTP_UNREACHABLE', { method: 'POST', url: 'u', fault: 'refused' })
const noAnswer = new PortreeveError('PRV_ENDPOINTS_HTTP_NO_ANSWER', { method: 'POST', url: 'u', fault: 'cut' })

/** Messages of one partition, each with a key of its own. */
function inPartition(partition: number, count: number): readonly DeliveryMessage[] {
  const all = messagesOf(Array.from({ length: count }, (_, index) => ({ key: `${partition}-${index}`, body: 'good' })))
  return all.map((one) => {
    const envelope = { ...one.message.envelope, id: `p${partition}.${one.message.envelope.id}` }
    return { ...one, place: { ...one.place, partition }, message: { ...one.message, envelope } }
  })
}

const idsOf = ({ messages }: SendBatch) => messages.map(({ envelope }) => envelope.id)
const taken = ({ messages }: SendBatch): readonly SendOutcome[] =>
  messages.map(() => ({ state: 'delivered', proof: 'receipt' }))

interface SetUp extends Partial<DeliveryOptions> {
  readonly attemptsOf?: (attempts: Attempts) => Attempts
}

/** `send` is told how often it was called before. */
function setUp(send: (batch: SendBatch, calls: number) => Promise<readonly SendOutcome[]>, options: SetUp = {}) {
  const { attemptsOf = (attempts) => attempts, ...rest } = options
  const clock = new VirtualClock()
  const stores = new RememberingStores()
  let calls = 0
  const receiver: Receiver = { name: 'reports.voa', idempotentSend: true, send: (batch) => send(batch, calls++) }
  const { attempts, parked } = stores
  const parts = { receiver, attempts: attemptsOf(attempts), parked, clock, retry: { random: () => 0.5 } }
  const delivery = createDelivery({ ...parts, ...rest })
  const deliver = (...partitions: (readonly DeliveryMessage[])[]) =>
    clock.run(Promise.all(partitions.map((messages) => delivery.deliver(messages, never))))
  return { clock, deliver }
}

describe('a receiver that comes back', () => {
  it('is tried with one message, again and again, although others answer meanwhile to what went before', async () => {
    const tries: number[] = []
    const { clock, deliver } = setUp(async (batch, calls) => {
      if (calls === 0) {
        await clock.sleep(10, never)
        throw down
      }
      if (calls < 3) {
        await clock.sleep(100, never)
        return taken(batch)
      }
      tries.push(batch.messages.length)
      if (tries.length < 4) throw down
      return taken(batch)
    })
    await deliver(...[0, 1, 2].map((partition) => inPartition(partition, 300)))
    expect(tries.slice(0, 6)).toEqual([1, 1, 1, 1, 2, 4])
  })

  it('is waited for by whoever may try it while another call is still out, and then has everything', async () => {
    const { clock, deliver } = setUp(async (batch, calls) => {
      if (calls === 0) throw down
      // Sent before the pause, and out for much longer than it.
      if (calls === 1) await clock.sleep(600_000, never)
      return taken(batch)
    })
    const results = await deliver(inPartition(0, 3), inPartition(1, 3))
    expect(results.map(({ finished }) => finished)).toEqual([3, 3])
  })

  it('is given only as much more as it has answered, not as much as it was sent', async () => {
    const sizes: number[] = []
    const { deliver } = setUp(async (batch, calls) => {
      if (calls === 0) throw down
      sizes.push(batch.messages.length)
      const [first, ...others] = taken(batch)
      const isHalf = calls > 1 && calls < 5 && first !== undefined
      const put = { state: 'not-taken', error: down.toJSON(), retryAfterMs: 0 } as const
      return isHalf ? [first, ...others.map(() => put)] : taken(batch)
    })
    await deliver(inPartition(0, 60))
    expect(sizes.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 10])
  })

  it.each([0, 1])('has everything after the store of attempts has failed once, at try %i', async (failing) => {
    let begun = 0
    const { deliver } = setUp(
      async (batch, calls) => {
        if (calls === 0) throw down
        return taken(batch)
      },
      {
        attemptsOf: (attempts) => ({
          ...attempts,
          begin: async (...given) => {
            begun += 1
            if (begun === failing + 1)
              throw new PortreeveError('PRV_DATABASE_DISK_FULL', { file: 'state.db', fault: '' })
            await attempts.begin(...given)
          },
        }),
      },
    )
    await expect(deliver(inPartition(0, 5))).rejects.toMatchObject({ code: 'PRV_DATABASE_DISK_FULL' })
    const [again, other] = await deliver(inPartition(0, 5), inPartition(1, 5))
    expect([again?.finished, other?.finished]).toEqual([5, 5])
  })

  it('has no more than its limit in any minute, however many partitions have waited for however long', async () => {
    const times: number[] = []
    const { clock, deliver } = setUp(
      async (batch) => {
        if (clock.passed < 3_600_000) throw down
        await clock.sleep(5, never)
        for (const _ of batch.messages) times.push(clock.passed)
        return taken(batch)
      },
      { limits: { maxPerMinute: 60, maxMessages: 20 } },
    )
    await deliver(...Array.from({ length: 16 }, (_, partition) => inPartition(partition, 20)))
    const inMinuteFrom = (from: number) => times.filter((at) => at >= from && at < from + 60_000).length
    expect(times).toHaveLength(320)
    // A batch goes at the beginning of its turn.
    expect(Math.max(...times.map(inMinuteFrom))).toBeLessThanOrEqual(60 + 20)
  })

  it('is sent under the same id again what may still be on its way in, also where it cannot be asked', async () => {
    const known = new Set<string>()
    const effects: string[] = []
    const take = (batch: SendBatch) => {
      if (!known.has(batch.id)) effects.push(...idsOf(batch))
      known.add(batch.id)
      return taken(batch)
    }
    const late: SendBatch[] = []
    const { deliver } = setUp(async (batch, calls) => {
      if (calls === 0) {
        late.push(batch)
        throw noAnswer
      }
      // It takes nothing at the moment, not even a repeat.
      if (calls === 1) return batch.messages.map(() => ({ state: 'not-taken', error: down.toJSON(), retryAfterMs: 0 }))
      for (const first of late.splice(0)) take(first)
      return take(batch)
    })
    await deliver(inPartition(0, 3))
    expect(effects).toEqual(['p0.m0', 'p0.m1', 'p0.m2'])
  })
})
