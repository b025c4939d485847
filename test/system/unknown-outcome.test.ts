import type { HttpBehaviour } from '@portreeve/adapter-sdk/stand-in'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needsPostgres, startPostgres, type TestPostgres, whyNoPostgres } from '../support/postgres.ts'
import { journeys } from './support/journeys.ts'
import { named } from './support/recorded-events.ts'
import type { Told } from './support/tell-us-once.ts'
import { crmSuppliers } from './support/tell-us-once-offices.ts'
import { changeOf, person } from './support/tell-us-once-people.ts'
import { until } from './support/until.ts'

const { start } = journeys()
const onlyCrm = { tell: ['customer-record'] }

const takes: readonly (readonly [string, HttpBehaviour, timeoutSeconds: number])[] = [
  ['success comes after the time-out', { kind: 'late', seconds: 60 }, 2],
  ['the connection is cut after the request', { kind: 'cut' }, 20],
  ['success comes without a body', { kind: 'empty' }, 20],
  ['it answers 500 and has taken it', { kind: 'status', status: 500, taken: true }, 20],
]
const loses: readonly (readonly [string, HttpBehaviour])[] = [
  ['the connection is cut before it is taken', { kind: 'cut', taken: false }],
  ['success comes without a body, and it was not taken', { kind: 'empty', taken: false }],
  ['success is a page of a proxy', { kind: 'html' }],
  ['it answers 500', { kind: 'status', status: 500 }],
]

describe.each(crmSuppliers)('an outcome that is unknown at the CRM (%s)', (crm) => {
  it.each(takes)('%s: it is asked, and not sent again', async (_, behaviour, timeoutSeconds) => {
    const journey = await start({ crm, timeoutSeconds })
    journey.offices.crm.misbehave({ ...behaviour, requests: 1 })
    const told = await journey.tell(changeOf(person(0), 3, onlyCrm))
    const { proof } = await journey.until(told, 'crm', 'delivered')
    expect(proof).toBe(journey.offices.crm.cases()[0]?.caseId)
    expect(journey.offices.crm.requests().write).toBe(1)
    expect(journey.offices.crm.cases()).toHaveLength(1)
  })

  it.each(loses)('%s: it is asked, and sent once more', async (_, behaviour) => {
    const journey = await start({ crm })
    journey.offices.crm.misbehave({ ...behaviour, requests: 1 })
    const told = await journey.tell(changeOf(person(0), 3, onlyCrm))
    await journey.until(told, 'crm', 'delivered')
    expect(journey.offices.crm.requests().write).toBe(2)
    expect(journey.offices.crm.cases()).toHaveLength(1)
  })

  it('is told as such, and is sent no second time while nobody answers the question, over a restart of the broker too', async () => {
    const journey = await start({ crm, timeoutSeconds: 2 })
    journey.offices.crm.misbehave({ kind: 'late', seconds: 60 })
    const told = await journey.tell(changeOf(person(0), 3, onlyCrm))
    await until('it has come', () => journey.offices.crm.cases().length === 1, { withinMs: 60_000 })
    journey.offices.crm.misbehave({ kind: 'status', status: 503, on: 'any' })
    const unknown = async () => (await journey.operations.search({ state: 'unknown' })).messages
    await until('it is unknown', async () => (await unknown()).length === 1, { withinMs: 60_000 })
    await until('the process knows', async () => (await journey.progress(told, 'crm'))?.isUnknown === true)
    expect(await (await fetch(told.statusAddress)).text()).toContain(
      'It has been sent, and we are finding out whether it has arrived.',
    )
    await journey.stopBroker()
    await journey.startBroker()
    const asked = journey.offices.crm.requests().read
    await until('it is asked', () => journey.offices.crm.requests().read > asked + 5, { withinMs: 60_000 })
    const [request] = await unknown()
    const sentences = request?.receivers.flatMap(({ state, sentence }) => (state === 'unknown' ? [sentence] : []))
    expect(sentences).toEqual([expect.stringMatching(/asked before/)])
    journey.offices.crm.misbehave()
    await journey.until(told, 'crm', 'delivered')
    expect(journey.offices.crm.requests().write).toBe(1)
    expect(journey.offices.crm.cases()).toHaveLength(1)
  })

  it('holds up no later change of another office, and no other person for good', async () => {
    const journey = await start({ crm })
    journey.offices.crm.misbehave({ kind: 'cut', requests: 3 })
    const all: Told[] = []
    for (const index of [0, 1, 2, 3]) all.push(await journey.tell(changeOf(person(index), 3)))
    await journey.untilEnded(...all)
    expect(journey.offices.crm.cases()).toHaveLength(4)
    expect(named(journey.events, 'failing')).toEqual([])
  })
})

describe('an e-mail of which nobody knows whether the mail server took it, and which cannot be asked', () => {
  const receiver = 'e-mails.mail'
  const why = 'The log of the mail server was looked at.'

  /** A broker with one such e-mail, over a restart too, and one of another citizen that went its way since. */
  async function held(how: 'cut after DATA' | 'cut before it is kept') {
    const journey = await start()
    journey.offices.mail.behave(how)
    const told = await journey.tell(changeOf(person(0), 3, { ...onlyCrm, emailAddress: 'ada@example.org' }))
    const waiting = async () => (await journey.operations.deadLetters({ receiver })).keys
    const [key] = await until('it is held', async () => (await waiting()).length === 1 && waiting(), {
      withinMs: 60_000,
    })
    if (!key) throw new TypeError('there is one')
    journey.offices.mail.behave('well')
    await journey.stopBroker()
    await journey.startBroker()
    await journey.tell(changeOf(person(1), 3, { ...onlyCrm, emailAddress: 'tom@example.org' }))
    await journey.lettersTo('tom@example.org')
    const toAda = async () => (await journey.letters()).filter(({ to }) => to === 'ada@example.org').length
    const isFree = () => until('it is free', async () => (await waiting()).length === 0, { withinMs: 60_000 })
    return { journey, told, key, toAda, isFree, decision: { ...key, by: 'A. Clerk', why } }
  }

  it('is held for a person, told as such, and not sent again before they decide; sent again, it has the same Message-ID', async () => {
    const { journey, told, key, toAda, isFree, decision } = await held('cut after DATA')
    expect(key).toMatchObject({ state: 'parked', code: 'PRV_CORE_OUTCOME_UNKNOWN', reference: told.reference })
    const track = await journey.operations.track({ reference: told.reference })
    const letters = track?.children.flatMap(({ receivers }) => receivers.filter((each) => each.receiver === receiver))
    expect(letters).toMatchObject([{ state: 'parked', code: 'PRV_CORE_OUTCOME_UNKNOWN' }])
    expect(await toAda()).toBe(1)
    await journey.operations.retryDeadLetter(decision)
    await journey.lettersTo('ada@example.org', 2)
    await isFree()
    expect(await toAda()).toBe(2)
    const bytes = (await journey.offices.mail.mailbox()).map((arrived) => arrived.bytes.toString())
    const ids = bytes
      .filter((text) => text.includes('ada@example.org'))
      .map((text) => /^Message-ID: .+$/im.exec(text)?.[0])
    expect(ids).toEqual([ids[0], ids[0]])
    expect(ids[0]).toMatch(/@/)
  })

  it('is never sent again when they discard it, and the change that it acknowledged goes on', async () => {
    const { journey, told, toAda, isFree, decision } = await held('cut after DATA')
    await journey.operations.discardDeadLetter(decision)
    await isFree()
    await journey.untilEnded(told)
    expect(await toAda()).toBe(1)
  })

  it('goes when they retry it, and the server never had it', async () => {
    const { journey, toAda, isFree, decision } = await held('cut before it is kept')
    expect(await toAda()).toBe(0)
    await journey.operations.retryDeadLetter(decision)
    await journey.lettersTo('ada@example.org')
    await isFree()
    expect(await toAda()).toBe(1)
  })
})

describe.skipIf(whyNoPostgres() !== null)(`an outcome that is unknown at council tax${needsPostgres}`, () => {
  let server: TestPostgres
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  it.each([
    ['the connection is cut after COMMIT: it is asked, and not written again', 'cut after COMMIT'],
    ['the connection is cut before COMMIT: it is asked, and written once', 'cut before COMMIT'],
  ] as const)('%s', async (_, how) => {
    const postgres = { databaseUrl: await server.createDatabase(), password: server.password }
    const journey = await start({ postgres, timeoutSeconds: 5 })
    journey.offices.councilTax.behave(how)
    const told = await journey.tell(changeOf(person(0), 3, { tell: ['council-tax'] }))
    const isPaused = () => named(journey.events, 'paused').length > 0
    const isWritten = async () => (await journey.offices.councilTax.changes()).length === 1
    await until('it has gone wrong', how === 'cut after COMMIT' ? isWritten : isPaused, { withinMs: 60_000 })
    journey.offices.councilTax.behave('well')
    await journey.until(told, 'council-tax', 'delivered')
    expect(await journey.offices.councilTax.changes()).toHaveLength(1)
  })
})
