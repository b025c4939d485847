import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectOrOpen, type DeadLetterDecision, type Operations } from '@portreeve/broker'
import { fromHeaders, referenceNumber, toHeaders } from '@portreeve/envelope'
import { openState } from '@portreeve/state'
import { expect, it } from 'vitest'
import { isOnKafka } from '../support/test-log.ts'
import type { TestBorough } from './support/borough.ts'
import { boroughs } from './support/boroughs.ts'
import { openLogOf } from './support/log-of.ts'
import { recordsIn } from './support/prove-borough.ts'
import { named } from './support/recorded-events.ts'
import { startRecordingProxy } from './support/recording-proxy.ts'
import { reportFile } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const receiver = 'reports-to-voa.voa'
const uprn = '999900660066'
const officer = { by: 'an officer', why: 'asked the VOA, which has none of it' }

/** About the message that waits there now. */
async function decisionOn({ deadLetter }: Operations, at = { receiver, key: uprn }): Promise<DeadLetterDecision> {
  const seen = await deadLetter(at)
  return { ...at, messageId: seen?.messageId ?? '', ...officer }
}

/**
 * A borough where the first of several reports about one property is held for a person, as by an adapter that could make
 * nothing of it, and the others behind it.
 */
async function withQueue(): Promise<TestBorough> {
  const borough = await start()
  await borough.stopVoa()
  await borough.drop('first.xml', reportFile({ reports: [{ uprn, transaction: 'FIRST', remarks: 'AS IT CAME' }] }))
  await until('it waits', async () => (await borough.search({ uprn })).length === 1)
  await borough.stopBroker()
  const [record] = await recordsIn(borough, 'valuation.report.proposed')
  if (!record) throw new TypeError('there is one report')
  const { id: messageId, reference } = fromHeaders(record.headers)
  const { topic, partition, offset } = record
  const failure = { code: 'PRV_VALUEBILL_MESSAGE', reason: 'Made so by a test.' }
  {
    using state = openState({ path: join(borough.dataFolder, 'state.db') })
    const entry = { key: uprn, messageId, reference, place: { topic, partition, offset }, since: new Date(), failure }
    await state.parked.park(receiver, [entry])
  }
  await borough.startVoa()
  await borough.startBroker()
  await borough.drop('second.xml', reportFile({ reports: [{ uprn, transaction: 'SECOND' }, { transaction: 'OTHER' }] }))
  await parked(borough, 2)
  await until('the report of another property is delivered', () => transactionsAtVoa(borough).includes('OTHER'))
  return borough
}

async function parked(borough: TestBorough, count: number): Promise<void> {
  await until(`${count} are held back`, async () => (await borough.search({ state: 'parked' })).length === count)
}

function transactionsAtVoa(borough: TestBorough): readonly string[] {
  return borough.voa.reports().map(({ baTransaction }) => baTransaction)
}

it('holds a report for a person, lets later ones of its property wait behind it in order, and others go on', async () => {
  const borough = await withQueue()
  await borough.stopBroker()
  await borough.startBroker()
  await borough.drop('third.xml', reportFile({ reports: [{ uprn, transaction: 'THIRD' }] }))
  await parked(borough, 3)

  const { keys } = await borough.operations.deadLetters({})
  expect(keys).toMatchObject([{ receiver, key: uprn, state: 'parked', behind: 2, code: 'PRV_VALUEBILL_MESSAGE' }])
  const detail = await borough.operations.deadLetter({ receiver, key: uprn })
  expect(JSON.parse(detail?.body ?? '')).toMatchObject({ transactionIdentityBA: 'FIRST' })
  expect(detail?.reason).toMatch(/\.$/)
  expect(transactionsAtVoa(borough)).toEqual(['OTHER'])

  borough.voa.setBehaviour()
  await borough.operations.retryDeadLetter(await decisionOn(borough.operations))
  await until('all are delivered', () => transactionsAtVoa(borough).length === 4)
  expect(transactionsAtVoa(borough)).toEqual(['OTHER', 'FIRST', 'SECOND', 'THIRD'])
  await until('the key is free', async () => (await borough.operations.deadLetters({})).keys.length === 0)
  const { events = [] } = (await borough.operations.deadLetter({ receiver, key: uprn })) ?? {}
  expect(events.find(({ what }) => what === 'released')).toMatchObject(officer)
})

it('sends what a person has edited instead of what came, and what waits behind it as it came', async () => {
  const borough = await withQueue()
  await borough.stopBroker()
  await using proxy = await startRecordingProxy(borough.voa.baseUrl)
  await borough.startBroker({ voaUrl: proxy.url })
  borough.voa.setBehaviour()
  const body = (await borough.operations.deadLetter({ receiver, key: uprn }))?.body ?? ''
  const editedBody = body.replace('AS IT CAME', 'AS IT SHOULD BE')
  await borough.operations.retryDeadLetter({ ...(await decisionOn(borough.operations)), editedBody })
  await until('both are delivered', () => transactionsAtVoa(borough).length === 3)
  const sent = proxy.passed.filter(({ what }) => what.startsWith('POST')).map(({ body }) => body.toString('utf8'))
  expect(sent[0]).toContain('<Remarks>AS IT SHOULD BE</Remarks>')
  expect(sent[1]).toContain('<Remarks>NEW BUILD</Remarks>')
  expect(sent.join()).not.toContain('AS IT CAME')
  await until('it is free', async () => (await borough.operations.deadLetters({})).keys.length === 0)
})

it('never sends what a person has discarded, over a stop too, and lets what waits behind it go', async () => {
  const borough = await withQueue()
  await borough.stopBroker()
  const { operations, close } = await connectOrOpen(await borough.configuration())
  const decision = await decisionOn(operations)
  await operations.discardDeadLetter(decision)
  await expect(operations.discardDeadLetter(decision)).rejects.toMatchObject({ code: 'PRV_STATE_KEY_NOT_PARKED' })
  await close()
  borough.voa.setBehaviour()
  await borough.startBroker()
  await until('the key is free', async () => (await borough.operations.deadLetters({})).keys.length === 0)
  await until('it is told', async () => (await borough.search({ uprn, state: 'discarded' })).length === 1)
  await until('the others are delivered', () => transactionsAtVoa(borough).length === 2)
  expect(transactionsAtVoa(borough).toSorted()).toEqual(['OTHER', 'SECOND'])
  const [found] = await borough.search({ uprn, state: 'discarded' })
  expect(found?.receivers[0]?.reason).toBe(`${officer.by}: ${officer.why}`)
  const { events = [] } = (await borough.operations.deadLetter({ receiver, key: uprn })) ?? {}
  expect(events.find(({ what }) => what === 'discarded')).toMatchObject(officer)
  const told = named(borough.events, 'delivered').flatMap(({ outcomes }) => outcomes.map(({ state }) => state))
  expect(told).toContain('discarded')
  expect(JSON.stringify(borough.events), 'what he wrote may name people').not.toContain(officer.why)
})

it('goes on with a decision that was taken just before a stop, and refuses a second one', async () => {
  const borough = await withQueue()
  borough.voa.setBehaviour({ kind: 'status', status: 503 })
  const decision = await decisionOn(borough.operations)
  await borough.operations.retryDeadLetter(decision)
  await expect(borough.operations.retryDeadLetter(decision)).rejects.toMatchObject({ code: 'PRV_STATE_KEY_NOT_PARKED' })
  await borough.stopBroker()
  borough.voa.setBehaviour()
  await borough.startBroker()
  await until('all are delivered', () => transactionsAtVoa(borough).length === 3)
  expect(transactionsAtVoa(borough).filter((transaction) => transaction !== 'OTHER')).toEqual(['FIRST', 'SECOND'])
})

const answers = 'answers-to-revenues.revenues'
const mended = {
  fileName: 'mended.xml',
  digest: 'ab'.repeat(32),
  identity: {},
  problems: [{ code: 'X', path: '', rule: 'x', sentence: 'So it is.' }],
}
const mendedFile = { name: mended.fileName, digest: mended.digest, transactions: [] }

/** A borough where answers of these keys are held for a person: their adapter can make nothing of them. */
async function withBadAnswers(keys: readonly string[]): Promise<TestBorough> {
  const borough = await start()
  await borough.stopBroker()
  const topic = 'valuation.submission.refused'
  const records = keys.map((key, index) => {
    const envelope = {
      id: `made-by-a-test-${index}`,
      source: '/x99000001/test',
      type: topic,
      time: '2026-03-01T00:00:00Z',
      dataContentType: 'application/json',
      reference: referenceNumber(index + 1),
      correlationId: 'made-by-a-test',
      authority: 'X99000001',
      channel: 'file',
    }
    const value = Buffer.from(`{"tells":"nothing about ${key}"}`)
    return { topic, key: Buffer.from(key), value, headers: toHeaders(envelope) }
  })
  {
    await using log = await openLogOf(borough)
    await log.append(records)
  }
  await borough.startBroker()
  await parked(borough, keys.length)
  return borough
}

it('holds an answer that its adapter can make nothing of, lets the others go, and writes it when it was edited', async () => {
  const borough = await withBadAnswers(['made'])
  const bad = await borough.drop('bad.xml', 'no reports')
  await borough.answer(bad, 'as a whole')
  const { keys } = await borough.operations.deadLetters({ receiver: answers })
  expect(keys).toMatchObject([{ key: 'made', state: 'parked', behind: 0, code: 'PRV_REVENUES_MESSAGE' }])

  const decision = await decisionOn(borough.operations, { receiver: answers, key: 'made' })
  await borough.operations.retryDeadLetter({ ...decision, editedBody: JSON.stringify(mended) })
  expect(await borough.answer(mendedFile, 'as a whole')).toContain('So it is.')
})

it('lets nobody decide about a message that he has not seen: another was dealt with while he looked at the one before', async () => {
  const borough = await withBadAnswers(['made', 'made'])
  const { operations } = borough
  const at = { receiver: answers, key: 'made' }
  const first = await decisionOn(operations, at)
  await operations.discardDeadLetter(first)
  await until('the second is held', async () => {
    const now = await operations.deadLetter(at)
    return now?.state === 'parked' && now.messageId !== first.messageId
  })
  const late = { code: 'PRV_STATE_OTHER_MESSAGE', details: { receiver: answers } }
  const edit = operations.retryDeadLetter({ ...first, editedBody: JSON.stringify(mended) })
  await expect(edit).rejects.toMatchObject(late)
  await expect(operations.discardDeadLetter(first)).rejects.toMatchObject(late)
  expect((await operations.deadLetter(at))?.state).toBe('parked')
  await operations.retryDeadLetter({ ...(await decisionOn(operations, at)), editedBody: JSON.stringify(mended) })
  expect(await borough.answer(mendedFile, 'as a whole')).toContain('So it is.')
})

// Brokers of Kafka check their own files.
const onOwnFiles = isOnKafka ? undefined : it
onOwnFiles?.(
  'holds a released message again that cannot be read any more: the others go, and a person can discard it',
  async () => {
    const borough = await withBadAnswers(['damaged', 'sound'])
    borough.provable = false // The log is damaged on purpose.
    await borough.stopBroker()
    const file = join(borough.dataFolder, 'log', 'log.db')
    const bytes = await readFile(file)
    const at = bytes.indexOf('nothing about damaged')
    expect(at).toBeGreaterThan(0)
    bytes.write('N', at)
    await writeFile(file, bytes)
    await borough.startBroker()
    const { operations } = borough
    const [damaged, sound] = ['damaged', 'sound'].map((key) => ({ receiver: answers, key }))
    if (!damaged || !sound) throw new TypeError('there are two')
    expect((await operations.deadLetter(damaged))?.body).toBeNull()
    await operations.retryDeadLetter(await decisionOn(operations, damaged))
    await operations.retryDeadLetter({ ...(await decisionOn(operations, sound)), editedBody: JSON.stringify(mended) })
    await borough.answer(mendedFile, 'as a whole')
    const held = await until('it is held again', async () => {
      const now = await operations.deadLetter(damaged)
      return now?.state === 'parked' && now
    })
    expect(held).toMatchObject({ code: 'PRV_LOG_RECORD_CORRUPT', body: null, beforeRetry: null })
    expect((await operations.status()).failing).toEqual([])
    await operations.discardDeadLetter(await decisionOn(operations, damaged))
    await until('both are free', async () => (await operations.deadLetters({})).keys.length === 0)
    const told = async () => (await borough.search()).flatMap(({ receivers }) => receivers.map(({ state }) => state))
    await until('it is told', async () => (await told()).toSorted().join() === 'delivered,discarded')
  },
)
