import { PortreeveError } from '@portreeve/errors'
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
  const together: number[] = []
  const publish = async (ids: readonly string[]) => {
    together.push(ids.length)
    if (ids.includes('bad')) throw new PortreeveError('PRV_LOG_RECORD_TOO_LARGE', { bytes: 2, topic: 't', limit: 1 })
    const published = ids.map((id) => {
      log.push({ id, place: `t/0/${log.length}`, note: `R${log.length}` })
      return { place: `t/0/${log.length - 1}`, note: `R${log.length - 1}` }
    })
    if (faults.publish-- > 0) throw new RangeError('no answer from the log')
    return published
  }
  const receiver = (maxTogether = 256) =>
    new IdempotentReceiver<string>({ seen, scope: 's', receivedBefore, publish, maxTogether })
  return { log, memory, faults, receiver, together }
}

it('publishes an id once, and tells later ones what the first was told', async () => {
  const { receiver, log } = world()
  const door = receiver()
  const all = await Promise.all(['a', 'a', 'b', 'a'].map((id) => door.receive(id, id)))
  expect(all.map(({ isDuplicate, note }) => [isDuplicate, note])).toEqual([
    [false, 'R0'],
    [true, 'R0'],
    [false, 'R1'],
    [true, 'R0'],
  ])
  expect(log).toHaveLength(2)
})

it('believes what was published and not what it remembers: an empty memory forgets nothing', async () => {
  const { receiver, log, memory } = world()
  await receiver().receive('a', 'a')
  memory.clear()
  expect(await receiver().receive('a', 'a')).toEqual({ isDuplicate: true, note: 'R0' })
  expect(log).toHaveLength(1)
})

it.each(['claim', 'publish'] as const)('publishes nothing twice when %s failed after the append', async (step) => {
  const { receiver, log, faults } = world()
  const door = receiver()
  faults[step] = 1
  await expect(door.receive('a', 'a')).rejects.toThrow(RangeError)
  expect(await door.receive('a', 'a')).toEqual({ isDuplicate: true, note: 'R0' })
  expect(log).toHaveLength(1)
})

it('publishes together what came while it was publishing, in the order in which it came', async () => {
  const { receiver, log, together } = world()
  const door = receiver(3)
  const ids = ['a', 'b', 'c', 'b', 'd', 'e', 'f']
  const all = await Promise.all(ids.map((id) => door.receive(id, id)))
  expect(log.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  expect(together).toEqual([1, 2, 3])
  expect(all.map(({ isDuplicate }) => isDuplicate)).toEqual([false, false, false, true, false, false, false])
})

it('refuses the one that cannot be published, and publishes those that came with it', async () => {
  const { receiver, log } = world()
  const door = receiver()
  const all = await Promise.allSettled(['a', 'b', 'bad', 'c', 'bad'].map((id) => door.receive(id, id)))
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected'])
  expect(log.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})
