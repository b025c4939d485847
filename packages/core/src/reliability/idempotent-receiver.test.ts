import { expect, it } from 'vitest'
import { IdempotentReceiver, type SeenMessage, type SeenMessages } from './idempotent-receiver.ts'

/** The truth, and a memory beside it that may fail. */
function world() {
  const log: SeenMessage[] = []
  const memory = new Map<string, SeenMessage>()
  const faults = { claim: 0, publish: 0 }
  const seen: SeenMessages = {
    async claim(_scope, messages) {
      if (messages.length > 0 && faults.claim-- > 0) throw new RangeError('the disk is full')
      return messages.map((message) => {
        if (!memory.has(message.id)) memory.set(message.id, message)
        return memory.get(message.id)?.place === message.place
      })
    },
    winner: async (_scope, id) => memory.get(id) ?? null,
  }
  async function* receivedBefore() {
    yield [...log]
  }
  const receiver = () => new IdempotentReceiver({ seen, scope: 's', receivedBefore })
  const publish = (id: string) => async () => {
    const place = `t/0/${log.length}`
    log.push({ id, place, note: `R${log.length}` })
    if (faults.publish-- > 0) throw new RangeError('no answer from the log')
    return { place, note: `R${log.length - 1}` }
  }
  return { log, memory, faults, receiver, publish }
}

it('publishes an id once, and tells later ones what the first was told', async () => {
  const { receiver, publish, log } = world()
  const door = receiver()
  const all = await Promise.all(['a', 'a', 'b', 'a'].map((id) => door.receive(id, publish(id))))
  expect(all.map(({ isDuplicate, note }) => [isDuplicate, note])).toEqual([
    [false, 'R0'],
    [true, 'R0'],
    [false, 'R1'],
    [true, 'R0'],
  ])
  expect(log).toHaveLength(2)
})

it('believes what was published and not what it remembers: an empty memory forgets nothing', async () => {
  const { receiver, publish, log, memory } = world()
  await receiver().receive('a', publish('a'))
  memory.clear()
  expect(await receiver().receive('a', publish('a'))).toEqual({ isDuplicate: true, note: 'R0' })
  expect(log).toHaveLength(1)
})

it.each(['claim', 'publish'] as const)('publishes nothing twice when %s failed after the append', async (step) => {
  const { receiver, publish, log, faults } = world()
  const door = receiver()
  faults[step] = 1
  await expect(door.receive('a', publish('a'))).rejects.toThrow(RangeError)
  expect(await door.receive('a', publish('a'))).toEqual({ isDuplicate: true, note: 'R0' })
  expect(log).toHaveLength(1)
})
