import { describe, expect, it } from 'vitest'
import { expectAllThrough, expectPromisesKept } from '../testing/delivery-promises.ts'
import { DeliveryWorld, messagesOf, type Report } from '../testing/delivery-world.ts'
import { type Abilities, type Behaviour, KeyedBackOffice } from '../testing/keyed-back-office.ts'

const reports: readonly Report[] = [
  { key: 'a', body: 'good' },
  { key: 'b', body: 'bad' },
  { key: 'c', body: 'refused' },
  { key: 'b', body: 'good' },
  { key: 'a', body: 'good' },
  { key: 'd', body: 'good' },
  { key: 'b', body: 'good' },
  { key: 'e', body: 'good' },
]
const messages = messagesOf(reports)
const scripts: readonly (readonly Behaviour[])[] = [
  [],
  ['takes, but the answer is lost'],
  ['is lost on the way', 'takes'],
  ['is down', 'is overloaded', 'takes the first half'],
  ['refuses all for one', 'breaks off after the first half', 'takes, but the answer is lost'],
  ['takes and throws a foreign error', 'answers too little'],
  ['comes in after the next one', 'is down'],
]
const abilities: readonly (Abilities & { name: string })[] = [
  { name: 'can be asked and recognises a batch', lookup: true, idempotentSend: true },
  { name: 'can be asked', lookup: true, idempotentSend: false },
  { name: 'recognises a batch', lookup: false, idempotentSend: true },
  { name: 'recognises a batch and keeps its order', lookup: false, idempotentSend: true, keepsOrder: true },
  { name: 'can do neither', lookup: false, idempotentSend: false },
]

describe.each(abilities)('a receiver that $name', (can) => {
  it.each(scripts)('gets every message once, wherever the broker crashes: %j %j %j', async (...script) => {
    const behaviours = script.filter((behaviour) => typeof behaviour === 'string')
    for (let steps = 0; ; steps++) {
      const world = new DeliveryWorld(messages, new KeyedBackOffice(behaviours), can)
      const first = await world.live(steps)
      if (first === 'crashed') await world.live()
      expectPromisesKept(world, messages)
      await world.sendDeadLetters()
      expectAllThrough(world, messages)
      if (first === 'done') {
        expect(steps, 'there were points to crash at').toBeGreaterThan(20)
        return
      }
    }
  })

  it.each(scripts)('gets every message once, wherever the broker is stopped: %j %j %j', async (...script) => {
    const behaviours = script.filter((behaviour) => typeof behaviour === 'string')
    for (let steps = 0; ; steps++) {
      const world = new DeliveryWorld(messages, new KeyedBackOffice(behaviours), can)
      const first = await world.live(steps, [8], 'stop')
      if (first === 'stopped') await world.live(Number.POSITIVE_INFINITY, [8])
      expectPromisesKept(world, messages)
      if (first === 'done') return
    }
  })

  it('gets every dead letter once, wherever the broker crashes while sending it', async () => {
    for (let steps = 0; ; steps++) {
      const world = new DeliveryWorld(messages, new KeyedBackOffice(['takes', 'takes', 'takes', 'takes']), can)
      await world.live()
      const first = await world.sendDeadLetters(steps)
      if (first === 'crashed') await world.sendDeadLetters()
      expectAllThrough(world, messages)
      if (first === 'done') return
    }
  })

  it('gets every message once when the log hands over less after a crash than before it', async () => {
    for (let steps = 0; ; steps++) {
      const world = new DeliveryWorld(messages, new KeyedBackOffice(['takes, but the answer is lost']), can)
      const first = await world.live(steps, [5])
      if (first === 'crashed') await world.live(Number.POSITIVE_INFINITY, [1, 2, 1, 5])
      expectPromisesKept(world, messages)
      if (first === 'done') return
    }
  })
})

it('gets every message once when a batch that goes again has to be cut up after all, wherever the broker crashes', async () => {
  const few = messagesOf([
    { key: 'a', body: 'good' },
    { key: 'a', body: 'bad' },
    { key: 'b', body: 'good' },
  ])
  const script: Behaviour[] = ['takes', 'takes and throws a foreign error', 'is lost on the way']
  for (let steps = 0; ; steps++) {
    const can = { lookup: true, idempotentSend: false, keepsOrder: true }
    const world = new DeliveryWorld(few, new KeyedBackOffice(script), can, { limits: { maxMessages: 2, maxAsks: 3 } })
    const first = await world.live(steps, [1, 2])
    if (first === 'crashed') await world.live(Number.POSITIVE_INFINITY, [1, 2])
    expectPromisesKept(world, few)
    await world.sendDeadLetters()
    expectAllThrough(world, few)
    if (first === 'done') return
  }
})
