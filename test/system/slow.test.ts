import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needsPostgres, startPostgres, type TestPostgres, whyNoPostgres } from '../support/postgres.ts'
import { journeys } from './support/journeys.ts'
import { crmSuppliers } from './support/tell-us-once-offices.ts'
import { changeOf, person } from './support/tell-us-once-people.ts'

const { start } = journeys()
const decision = { by: 'A. Clerk', why: 'It still makes sense.' }

describe.each(crmSuppliers)('a CRM that is slow (%s)', (crm) => {
  it('that says nothing for five minutes is cut off by the time-out, asked, and has it once', async () => {
    const journey = await start({ crm, timeoutSeconds: 2 })
    journey.offices.crm.misbehave({ kind: 'silence', seconds: 300, requests: 1 })
    const told = await journey.tell(changeOf(person(0), 3))
    await journey.until(told, 'crm', 'delivered')
    expect(journey.offices.crm.requests().write).toBeGreaterThanOrEqual(2)
    expect(journey.offices.crm.cases()).toHaveLength(1)
    await journey.untilEnded(told)
  })

  it('is not sent what has become too old meanwhile, unless a person says so', async () => {
    // 3.6 seconds.
    const journey = await start({ crm, limits: { crm: { expireAfterHours: 0.001 } } })
    await journey.offices.crm.goDown()
    const told = await journey.tell(changeOf(person(0), 3))
    expect(await journey.until(told, 'crm', 'needs-a-person')).toMatchObject({
      code: 'PRV_CORE_EXPIRED',
      words: expect.stringContaining('within the 0.001 hours'),
    })
    const [letter] = await journey.lettersTo('crm-team@sallowmere.example')
    expect(letter?.text).toContain(told.reference)
    await journey.until(told, 'council-tax', 'delivered')
    await journey.offices.crm.comeBack()
    const { keys } = await journey.operations.deadLetters({ receiver: 'updates-to-crm.crm' })
    const [{ receiver, key, messageId } = { receiver: '', key: '', messageId: '' }] = keys
    expect(journey.offices.crm.cases()).toEqual([])
    await journey.operations.retryDeadLetter({ receiver, key, messageId, ...decision })
    await journey.untilEnded(told)
  })
})

describe('council tax that is slow', () => {
  it('because somebody has its tables locked is cut off by the time-out, and has it once when they let go', async () => {
    const journey = await start({ timeoutSeconds: 2 })
    const release = await journey.offices.councilTax.lock('table')
    const told = await journey.tell(changeOf(person(0), 3))
    await journey.until(told, 'crm', 'delivered')
    await journey.until(told, 'electoral', 'delivered')
    await journey.lettersTo('integration@sallowmere.example')
    expect((await journey.progress(told, 'council-tax'))?.state).toBe('waiting')
    await release()
    await journey.untilEnded(told)
    expect(await journey.offices.councilTax.changes()).toHaveLength(1)
  })
})

describe.skipIf(whyNoPostgres() !== null)(`a row of council tax that is locked${needsPostgres}`, () => {
  let server: TestPostgres
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  it('cuts off the change by the time-out, holds up council tax alone, and has each change once when it is let go', async () => {
    const postgres = { databaseUrl: await server.createDatabase(), password: server.password }
    const journey = await start({ postgres, timeoutSeconds: 2 })
    const release = await journey.offices.councilTax.lock({ accountRef: '70000' })
    const all = [await journey.tell(changeOf(person(0), 3)), await journey.tell(changeOf(person(1), 3))]
    for (const told of all) {
      await journey.until(told, 'crm', 'delivered')
      await journey.until(told, 'electoral', 'delivered')
    }
    const [letter] = await journey.lettersTo('integration@sallowmere.example')
    expect(letter?.text).toContain('PRV_ENDPOINTS_SQL_LOCKED')
    await release()
    await journey.untilEnded(...all)
    expect(await journey.offices.councilTax.changes()).toHaveLength(2)
  })
})
