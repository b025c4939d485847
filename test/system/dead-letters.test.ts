import { expect, it } from 'vitest'
import type { TestBorough } from './support/borough.ts'
import { boroughs } from './support/boroughs.ts'
import { startRecordingProxy } from './support/recording-proxy.ts'
import { reportFile } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const receiver = 'reports-to-voa.voa'
const uprn = '999900660066'
const decision = { receiver, key: uprn, by: 'an officer', why: 'asked the VOA, which has none of it' }
const never = { kind: 'html', on: 'lookup' } as const

/** A borough where the first of three reports about one property is held for a person, and the others behind it. */
async function withQueue(): Promise<TestBorough> {
  const misbehave = [{ kind: 'cut', requests: 1 } as const, never]
  const borough = await start({ startBroker: false, voa: { misbehave } })
  await borough.startBroker()
  await borough.drop('first.xml', reportFile({ reports: [{ uprn, transaction: 'FIRST', remarks: 'AS IT CAME' }] }))
  await parked(borough, 1)
  await borough.drop('second.xml', reportFile({ reports: [{ uprn, transaction: 'SECOND' }, { transaction: 'OTHER' }] }))
  await parked(borough, 2)
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
  await until('the report of another property is delivered', () => transactionsAtVoa(borough).includes('OTHER'))
  await borough.stopBroker()
  await borough.startBroker()
  await borough.drop('third.xml', reportFile({ reports: [{ uprn, transaction: 'THIRD' }] }))
  await parked(borough, 3)

  const { keys } = await borough.operations.deadLetters({})
  expect(keys).toMatchObject([{ receiver, key: uprn, state: 'parked', behind: 2, code: 'PRV_CORE_OUTCOME_UNKNOWN' }])
  const detail = await borough.operations.deadLetter({ receiver, key: uprn })
  expect(JSON.parse(detail?.body ?? '')).toMatchObject({ transactionIdentityBA: 'FIRST' })
  expect(detail?.reason).toMatch(/\.$/)
  expect(transactionsAtVoa(borough)).toEqual(['OTHER'])

  borough.voa.setBehaviour()
  await borough.operations.retryDeadLetter(decision)
  await until('all are delivered', () => transactionsAtVoa(borough).length === 4)
  expect(transactionsAtVoa(borough)).toEqual(['OTHER', 'FIRST', 'SECOND', 'THIRD'])
  await until('the key is free', async () => (await borough.operations.deadLetters({})).keys.length === 0)
  const { events = [] } = (await borough.operations.deadLetter({ receiver, key: uprn })) ?? {}
  expect(events.find(({ what }) => what === 'released')).toMatchObject({ by: decision.by, why: decision.why })
})

it('sends what a person has edited instead of what came, and what waits behind it as it came', async () => {
  const borough = await withQueue()
  await borough.stopBroker()
  await using proxy = await startRecordingProxy(borough.voa.baseUrl)
  await borough.startBroker({ voaUrl: proxy.url })
  borough.voa.setBehaviour()
  const body = (await borough.operations.deadLetter({ receiver, key: uprn }))?.body ?? ''
  const editedBody = body.replace('AS IT CAME', 'AS IT SHOULD BE')
  await borough.operations.retryDeadLetter({ ...decision, editedBody })
  await until('both are delivered', () => transactionsAtVoa(borough).length === 3)
  const sent = proxy.passed.filter(({ what }) => what.startsWith('POST')).map(({ body }) => body.toString('utf8'))
  expect(sent[0]).toContain('<Remarks>AS IT SHOULD BE</Remarks>')
  expect(sent[1]).toContain('<Remarks>NEW BUILD</Remarks>')
  expect(sent.join()).not.toContain('AS IT CAME')
  await until('it is free', async () => (await borough.operations.deadLetters({})).keys.length === 0)
})

it('goes on with a decision that was taken just before a stop, and refuses a second one', async () => {
  const borough = await withQueue()
  borough.voa.setBehaviour({ kind: 'status', status: 503 }, never)
  await borough.operations.retryDeadLetter(decision)
  await expect(borough.operations.retryDeadLetter(decision)).rejects.toMatchObject({ code: 'PRV_STATE_KEY_NOT_PARKED' })
  await borough.stopBroker()
  borough.voa.setBehaviour()
  await borough.startBroker()
  await until('all are delivered', () => transactionsAtVoa(borough).length === 3)
  expect(transactionsAtVoa(borough).filter((transaction) => transaction !== 'OTHER')).toEqual(['FIRST', 'SECOND'])
})

it('holds it again when it fails again', async () => {
  const borough = await withQueue()
  borough.voa.setBehaviour({ kind: 'cut', requests: 1 }, never)
  await borough.operations.retryDeadLetter(decision)
  await until('it is held again', async () => {
    const detail = await borough.operations.deadLetter({ receiver, key: uprn })
    return detail?.state === 'parked' && detail.events.filter(({ what }) => what === 'parked').length >= 3
  })
  await parked(borough, 2)
  borough.voa.setBehaviour()
  await borough.operations.retryDeadLetter(decision)
  await until('all are delivered', () => transactionsAtVoa(borough).length === 3)
})
