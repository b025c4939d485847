import { PortreeveError } from '@portreeve/errors'
import { expect, it } from 'vitest'
import { messagesOf, sleepingClock } from '../testing/delivery-world.ts'
import { KeyedBackOffice } from '../testing/keyed-back-office.ts'
import { RememberingStores } from '../testing/remembering-stores.ts'
import { createDelivery, type DeliveryOptions } from './delivery.ts'
import type { DeliveryMessage } from './delivery-message.ts'
import type { Receiver, SendOutcome } from './receiver.ts'
import type { SentBefore } from './sent-batch.ts'

const never = new AbortController().signal
const noAnswer = new PortreeveError('PRV_ENDPOINTS_HTTP_NO_ANSWER', { method: 'POST', url: 'u', fault: 'cut' }).toJSON()
const messages = messagesOf([
  { key: 'a', body: 'good' },
  { key: 'b', body: 'good' },
])
const unknown: SendOutcome = { state: 'unknown', error: noAnswer }

/** A receiver that took, or lost, a batch of two and would not say so, until `says` lies about each look-up in turn, or not. */
async function heldForPerson({
  lost = false,
  says = [],
  can,
}: {
  lost?: boolean
  says?: readonly ('truth' | 'not-taken' | 'unknown' | 'too little')[]
  can?: Partial<Receiver>
} = {}) {
  const office = new KeyedBackOffice([lost ? 'is lost on the way' : 'takes, but the answer is lost'])
  const able = office.receiver({ lookup: true, idempotentSend: true })
  const script = [...says]
  let answers = false
  const receiver: Receiver = {
    ...able,
    async lookup(batch, signal) {
      const truth = (await able.lookup?.(batch, signal)) ?? []
      const word = answers ? (script.shift() ?? 'truth') : 'unknown'
      if (word === 'too little') return truth.slice(1)
      if (word === 'unknown') return truth.map(() => unknown)
      if (word === 'not-taken') return truth.map(() => ({ state: 'not-taken', error: noAnswer }))
      return truth
    },
    ...can,
  }
  const stores = new RememberingStores()
  const options: DeliveryOptions = {
    receiver,
    attempts: stores.attempts,
    parked: stores.parked,
    clock: sleepingClock(),
    retry: { random: () => 0.5 },
    limits: { maxAsks: 3 },
  }
  const { outcomes } = await createDelivery(options).deliver(messages, never)
  expect(outcomes.map(({ code }) => code)).toEqual(['PRV_CORE_OUTCOME_UNKNOWN', 'PRV_CORE_OUTCOME_UNKNOWN'])
  expect(stores.open.length, 'the position passes').toBe(1)
  stores.open.length = 0
  office.calls.length = 0
  answers = true
  /** What is kept with the dead letter, read back. */
  const released = (index: number): DeliveryMessage => {
    stores.releaseAll()
    const item = messages[index]
    const entry = [...stores.queues.values()]
      .flatMap(({ entries }) => entries)
      .find(({ messageId }) => messageId === item?.message.envelope.id)
    if (item === undefined || entry === undefined) throw new TypeError('it is not held')
    const sentBefore: SentBefore | undefined = entry.sentAs && {
      batch: entry.sentAs,
      messages: entry.sentAs.offsets.flatMap((at) => messages.find(({ place }) => place.offset === at)?.message ?? []),
    }
    return { ...item, ...(sentBefore && { sentBefore }) }
  }
  return { office, stores, released, delivery: createDelivery(options) }
}

it('asks under the old id, and sends nothing when the receiver has it', async () => {
  const { delivery, office, released } = await heldForPerson()
  const outcome = await delivery.redeliver(released(1), never)
  expect(outcome).toMatchObject({ messageId: 'm1', state: 'delivered', proof: 'receipt m1' })
  expect(office.calls.map(({ call, messages }) => [call, messages])).toEqual([['lookup', ['m0', 'm1']]])
  expect(office.effects).toEqual(['m0', 'm1'])
})

it('records the refusal that it is told, and sends nothing', async () => {
  const refused: SendOutcome = { state: 'refused', code: '1012', reason: 'no such band' }
  const { delivery, office, released } = await heldForPerson()
  const item = released(0)
  const told = { ...office.receiver({ lookup: true, idempotentSend: true }), lookup: async () => [refused, refused] }
  const stores = new RememberingStores()
  const asked = createDelivery({ receiver: told, attempts: stores.attempts, parked: stores.parked })
  expect(await asked.redeliver(item, never)).toMatchObject({ state: 'refused', code: '1012' })
  expect(office.calls).toEqual([])
  expect(delivery.paused).toBeNull()
})

it('sends it when the receiver says twice that it never came', async () => {
  const { delivery, office, released } = await heldForPerson({ lost: true })
  expect(await delivery.redeliver(released(0), never)).toMatchObject({ state: 'delivered' })
  expect(office.calls.map(({ call, messages }) => [call, messages])).toEqual([
    ['lookup', ['m0', 'm1']],
    ['lookup', ['m0', 'm1']],
    ['send', ['m0']],
  ])
  expect(office.effects).toEqual(['m0'])
})

it('sends what was alone in its batch under the same id', async () => {
  const office = new KeyedBackOffice()
  const stores = new RememberingStores()
  const able = office.receiver({ lookup: true, idempotentSend: true })
  const { attempts, parked } = stores
  const delivery = createDelivery({ receiver: able, attempts, parked, clock: sleepingClock() })
  const [item] = messages
  if (item === undefined) throw new TypeError('a message')
  await delivery.redeliver(item, never)
  const [first] = office.calls
  const batch = { batchId: first?.id ?? '', topic: item.place.topic, partition: 0, offsets: [0], edited: false }
  const fresh = new KeyedBackOffice()
  const again = createDelivery({
    receiver: fresh.receiver({ lookup: true, idempotentSend: true }),
    attempts: new RememberingStores().attempts,
    parked,
    clock: sleepingClock(),
  })
  await again.redeliver({ ...item, sentBefore: { batch, messages: [item.message] } }, never)
  expect(fresh.calls.map(({ call, id }) => [call, id])).toEqual([
    ['lookup', first?.id],
    ['lookup', first?.id],
    ['send', first?.id],
  ])
})

it.each([['not-taken'], ['too little'], ['unknown']] as const)(
  'is not misled by one look-up that lies: %s',
  async (lie) => {
    const { delivery, office, released } = await heldForPerson({ says: [lie] })
    expect(await delivery.redeliver(released(0), never)).toMatchObject({ state: 'delivered', proof: 'receipt m0' })
    expect(new Set(office.calls.map(({ call }) => call))).toEqual(new Set(['lookup']))
    expect(office.effects).toEqual(['m0', 'm1'])
  },
)

it('is held again with the same question when the receiver still will not say', async () => {
  const { delivery, office, released, stores } = await heldForPerson({ says: ['unknown', 'unknown', 'unknown'] })
  const first = released(0)
  expect(await delivery.redeliver(first, never)).toMatchObject({ state: 'parked', code: 'PRV_CORE_OUTCOME_UNKNOWN' })
  expect(stores.queues.get('a')?.released).toBe(false)
  const second = released(0)
  expect(second.sentBefore).toEqual(first.sentBefore)
  expect(await delivery.redeliver(second, never)).toMatchObject({ state: 'delivered' })
  expect(office.effects).toEqual(['m0', 'm1'])
})

it('asks about what was sent, whatever a person has put in its place since', async () => {
  const { delivery, office, released } = await heldForPerson()
  const item = released(0)
  const bodies: string[] = []
  const asked = office.receiver({ lookup: true, idempotentSend: true })
  const stores = new RememberingStores()
  const watching = createDelivery({
    receiver: {
      ...asked,
      lookup: async (batch, signal) => {
        bodies.push(...batch.messages.map(({ body }) => new TextDecoder().decode(body)))
        return (await asked.lookup?.(batch, signal)) ?? []
      },
    },
    attempts: stores.attempts,
    parked: stores.parked,
  })
  const body = new TextEncoder().encode('edited')
  const edited = { ...item, message: { ...item.message, body }, edited: true }
  expect(await watching.redeliver(edited, never)).toMatchObject({ state: 'delivered' })
  expect(bodies).toEqual(['good', 'good'])
  expect(delivery.paused).toBeNull()
})

it('sends on a person’s word what nobody can be asked about', async () => {
  const { delivery, office, released } = await heldForPerson({ lost: true, can: {} })
  const { sentBefore: _, ...withoutQuestion } = released(0)
  expect(await delivery.redeliver(withoutQuestion, never)).toMatchObject({ state: 'delivered' })
  expect(office.calls.map(({ call }) => call)).toEqual(['send'])
})
