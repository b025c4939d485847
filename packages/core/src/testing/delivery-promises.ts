import { expect } from 'vitest'
import type { DeliveryMessage } from '../reliability/delivery-message.ts'
import type { DeliveryWorld } from './delivery-world.ts'

/** What holds when all of the log has been recorded, before anybody deals with dead letters. */
export function expectPromisesKept(world: DeliveryWorld, messages: readonly DeliveryMessage[]): void {
  for (const { message } of messages) {
    const { id } = message.envelope
    const outcomes = world.records.get(id) ?? []
    expect(outcomes, `${id} has one outcome`).toHaveLength(1)
    const effects = world.office.effects.filter((effect) => effect === id).length
    const [outcome] = outcomes
    if (outcome?.state === 'delivered') expect(effects, `${id}, delivered`).toBe(1)
    else if (outcome?.code === 'PRV_CORE_OUTCOME_UNKNOWN') expect(effects, `${id}, unknown`).toBeLessThanOrEqual(1)
    else expect(effects, `${id}, ${outcome?.state} ${outcome?.code}`).toBe(0)
  }
  expectOrderPerKey(world, messages)
}

/** What holds when the dead letters have been dealt with too: all is delivered or refused, and took effect once. */
export function expectAllThrough(world: DeliveryWorld, messages: readonly DeliveryMessage[]): void {
  expect(world.stores.queues.size).toBe(0)
  for (const { message } of messages) {
    const { id } = message.envelope
    const last = world.records.get(id)?.at(-1)
    const effects = world.office.effects.filter((effect) => effect === id).length
    expect([last?.state, effects], id).toEqual(last?.state === 'refused' ? ['refused', 0] : ['delivered', 1])
  }
  expectOrderPerKey(world, messages)
}

function expectOrderPerKey(world: DeliveryWorld, messages: readonly DeliveryMessage[]): void {
  const keyOf = new Map(messages.map(({ key, message }) => [message.envelope.id, key]))
  for (const key of new Set(keyOf.values())) {
    const ofKey = world.office.effects.filter((id) => keyOf.get(id) === key)
    expect(ofKey, `order of ${key}`).toEqual(ofKey.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))))
  }
}
