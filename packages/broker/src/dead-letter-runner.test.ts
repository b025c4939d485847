import type { Adapter, Outcome } from '@portreeve/adapter-sdk'
import { toHeaders } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { type DeliveryRecorded, type Ledger, openLedger } from '@portreeve/ledger'
import type { Log, LogRecord } from '@portreeve/log'
import type { State } from '@portreeve/state'
import { expect, it } from 'vitest'
import { redeliverUntilStopped } from './dead-letter-runner.ts'
import { BrokerEvents } from './events.ts'
import { projectToEnd } from './ledger-projection.ts'
import { consumerWith, envelope, type } from './testing/receiver-world.ts'
import { deliveryTopic } from './topics.ts'

const receiver = 'r.voa'
const decision = { by: 'A. Officer', why: 'withdrawn by the taxpayer' }
const noAnswer = new PortreeveError('PRV_ENDPOINTS_HTTP_NO_ANSWER', { method: 'POST', url: 'u', fault: 'f' }).toJSON()
const bad = new PortreeveError('PRV_VALUEBILL_MESSAGE', { id: 'm' }).toJSON()

/** A back office that is asked by batch, and is told to find fault with everything at first. */
function office() {
  const taken = new Map<string, readonly string[]>()
  const calls: string[] = []
  const world = { taken, calls, refusesAll: true, adapter: {} as Partial<Adapter> }
  const delivered: Outcome = { state: 'delivered', proof: 'p' }
  world.adapter = {
    async send({ id, messages }) {
      calls.push('send')
      if (world.refusesAll) return messages.map((): Outcome => ({ state: 'not-taken', error: bad }))
      taken.set(
        id,
        messages.map((message) => message.envelope.id),
      )
      return messages.map(() => delivered)
    },
    async lookup({ id, messages }) {
      calls.push('lookup')
      return messages.map((): Outcome => (taken.has(id) ? delivered : { state: 'not-taken', error: noAnswer }))
    },
  }
  return world
}

type World = Awaited<ReturnType<typeof consumerWith>>

/** Two messages of one key: the first is a dead letter, the second queues behind it. */
async function withDeadLetters(adapter: Partial<Adapter>): Promise<World> {
  const world = await consumerWith(adapter)
  await world.log.append([record('a', 'k'), record('b', 'k')])
  return world
}

function record(id: string, key: string) {
  return { topic: type, key: Buffer.from(key), value: Buffer.from('{}'), headers: toHeaders(envelope(id)) }
}

async function consumeAll({ consumer, log }: World): Promise<void> {
  const consuming = log.consume({ ...consumer.consumeOptions, lingerMs: 0 }, consumer.handler)
  while ((await log.lag(receiver, type)) > 0) await new Promise((resolve) => setImmediate(resolve))
  await consuming.stop()
}

/** Runs until nothing of the key is left, it is held again, or the broker stops. */
async function deal({ consumer, log, state }: { consumer: World['consumer']; log: Log; state: State }) {
  const stop = new AbortController()
  const events = new BrokerEvents({
    failing: () => stop.abort(),
    delivered: ({ outcomes }) => outcomes.some((outcome) => outcome.state === 'parked') && stop.abort(),
  })
  const running = redeliverUntilStopped(consumer, { log, state, events, signal: stop.signal })
  while (!stop.signal.aborted && (await state.parked.parkedKeys(receiver, ['k'])).size > 0) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  stop.abort()
  await running
}

async function ledgerOf(log: Log): Promise<Ledger> {
  const ledger = openLedger({ path: ':memory:', receiversOf: (of) => (of === type ? [receiver] : []) })
  await projectToEnd(log, ledger, [type, deliveryTopic])
  return ledger
}

/** In the log's order. */
async function statesTold(log: Log): Promise<readonly string[]> {
  const { records } = await log.read({ topic: deliveryTopic, partition: 0, from: 0 })
  const bodies = records.map(({ value }): DeliveryRecorded => JSON.parse(new TextDecoder().decode(value ?? undefined)))
  return bodies.flatMap(({ outcomes }) => outcomes.map(({ state }) => state))
}

function statesIn(ledger: Ledger) {
  return ['a', 'b'].map((messageId) => ledger.track({ messageId })?.message.receivers[0]?.state)
}

it('deals once more with what was delivered when it was killed before that was settled: one effect, and the states are right', async () => {
  const voa = office()
  await using world = await withDeadLetters(voa.adapter)
  await consumeAll(world)
  voa.refusesAll = false
  await world.state.parked.release(receiver, 'k', decision)

  const { parked } = world.state
  const killed: State = {
    ...world.state,
    parked: { ...parked, settle: () => Promise.reject(new RangeError('killed between record and settling')) },
  }
  await deal({ ...world, state: killed })
  expect((await parked.nextReleased(receiver))?.messageId).toBe('a')
  using before = await ledgerOf(world.log)
  expect(statesIn(before)).toEqual(['delivered', 'parked'])

  await using again = await consumerWith(voa.adapter, { before: world })
  await deal(again)
  expect([...voa.taken.values()]).toEqual([['a'], ['b']])
  using ledger = await ledgerOf(world.log)
  expect(statesIn(ledger)).toEqual(['delivered', 'delivered'])
  expect(ledger.checkInvariants()).toEqual([])
  expect(ledger.oddities()).toEqual([])
})

it('discards what a person says, tells the ledger who and why, and sends what waited behind it', async () => {
  const voa = office()
  await using world = await withDeadLetters(voa.adapter)
  await consumeAll(world)
  voa.refusesAll = false
  await world.state.parked.release(receiver, 'k', { ...decision, discards: true })
  await deal(world)
  expect([...voa.taken.values()]).toEqual([['b']])
  using ledger = await ledgerOf(world.log)
  expect(statesIn(ledger)).toEqual(['discarded', 'delivered'])
  const [pair] = ledger.track({ messageId: 'a' })?.message.receivers ?? []
  expect(pair?.sentence).toContain('A. Officer: withdrawn by the taxpayer')
  expect(ledger.checkInvariants()).toEqual([])
  expect((await world.log.read({ topic: type, partition: 0, from: 0 })).records).toHaveLength(2)
})

it('does nothing about a dead letter before it stands in the log that it is one', async () => {
  const voa = office()
  await using world = await consumerWith(voa.adapter)
  voa.refusesAll = false
  await world.log.append([record('before', 'other')])
  await consumeAll(world)
  voa.refusesAll = true
  await world.log.append([record('a', 'k'), record('b', 'k')])
  const { records } = await world.log.read({ topic: type, partition: 0, from: 1 })
  // As after a crash between the parking and its write set.
  await world.consumer.handler({
    topic: type,
    partition: 0,
    records,
    metadata: null,
    signal: new AbortController().signal,
  })
  voa.refusesAll = false
  await world.state.parked.release(receiver, 'k', decision)
  const sendsBefore = voa.calls.length
  const stop = new AbortController()
  const events = new BrokerEvents()
  const running = redeliverUntilStopped(world.consumer, {
    log: world.log,
    state: world.state,
    events,
    signal: stop.signal,
  })
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve))
  expect(voa.calls.length).toBe(sendsBefore)
  await consumeAll(world)
  world.consumer.released.ring()
  while ((await world.state.parked.parkedKeys(receiver, ['k'])).size > 0) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  stop.abort()
  await running
  using ledger = await ledgerOf(world.log)
  expect(statesIn(ledger)).toEqual(['delivered', 'delivered'])
  expect(ledger.oddities()).toEqual([])
})

it('asks about what a person had put in place when it was sent, not about what came nor what he put there since', async () => {
  const asked: string[] = []
  let isDown = true
  const textOf = (body: Uint8Array) => new TextDecoder().decode(body)
  const unknown: Outcome = { state: 'unknown', error: noAnswer }
  await using world = await withDeadLetters({
    send: async ({ messages }) =>
      messages.map(({ body }) => (textOf(body) === '{}' ? { state: 'not-taken', error: bad } : unknown)),
    async lookup({ messages }) {
      asked.push(...messages.map(({ body }) => textOf(body)))
      return messages.map(() => (isDown ? unknown : { state: 'delivered', proof: 'p' }))
    },
  })
  await consumeAll(world)
  const { parked } = world.state
  await parked.release(receiver, 'k', { ...decision, editedBody: Buffer.from('{"edit":1}') })
  await deal(world)
  expect((await parked.show(receiver, 'k'))?.messages[0]?.failure?.code).toBe('PRV_CORE_OUTCOME_UNKNOWN')

  asked.length = 0
  isDown = false
  await parked.release(receiver, 'k', { ...decision, editedBody: Buffer.from('{"edit":2}') })
  await deal(world)
  expect(asked).toEqual(['{"edit":1}'])
})

it('tells what became of a dead letter only after it was told that nobody knows', async () => {
  const toldUnknown = Promise.withResolvers<void>()
  const concluded = Promise.withResolvers<void>()
  let isBad = true
  const adapter: Partial<Adapter> = {
    send: async ({ messages }) => {
      return messages.map(() => (isBad ? { state: 'not-taken', error: bad } : { state: 'unknown', error: noAnswer }))
    },
    lookup: async ({ messages }) => messages.map(() => ({ state: 'delivered', proof: 'p' })),
  }
  const append = async (records: readonly LogRecord[]): Promise<unknown> => {
    await toldUnknown.promise
    return world.log.append(records)
  }
  await using world = await consumerWith(adapter, { append })
  await world.log.append([record('a', 'k')])
  await consumeAll(world)
  isBad = false
  const { parked } = world.state
  await parked.release(receiver, 'k', decision)
  const conclude: typeof parked.conclude = async (...outcome) => {
    await parked.conclude(...outcome)
    concluded.resolve()
  }
  const dealing = deal({ ...world, state: { ...world.state, parked: { ...parked, conclude } } })
  await concluded.promise
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve))
  expect(await statesTold(world.log)).toEqual(['parked'])
  toldUnknown.resolve()
  await dealing
  expect(await statesTold(world.log)).toEqual(['parked', 'unknown', 'delivered'])
})
