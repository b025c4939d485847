import { describe, expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import { orderAt } from './support/office-records.ts'
import { named } from './support/recorded-events.ts'
import type { TellUsOnce, Told } from './support/tell-us-once.ts'
import type { SystemLabel } from './support/tell-us-once-configuration.ts'
import { crmSuppliers } from './support/tell-us-once-offices.ts'
import { changeOf, person } from './support/tell-us-once-people.ts'

const { start } = journeys()
const administrators = 'integration@sallowmere.example'

/** Two persons move, the first of them twice more, while an office is down; all the others are done with it. */
async function toldWhileDown(journey: TellUsOnce, down: SystemLabel): Promise<readonly Told[]> {
  const all: Told[] = []
  for (const [index, number] of [0, 1, 0, 0].entries())
    all.push(await journey.tell(changeOf(person(number), index + 3)))
  const others = (['crm', 'council-tax', 'electoral'] as const).filter((system) => system !== down)
  for (const told of all) for (const system of others) await journey.until(told, system, 'delivered')
  return all
}

async function isToldOnce(journey: TellUsOnce, receiver: string, pauses = 1): Promise<void> {
  const letters = await journey.lettersTo(administrators)
  expect(letters.map(({ subject }) => subject)).toEqual([`${receiver} cannot be reached: what is for it waits`])
  for (const part of ['text', 'html'] as const) expect(letters[0]?.[part]).toContain('What is for it waits')
  const { messages } = await journey.operations.search({ type: 'operations.receiver.paused' })
  expect(messages, 'in the ledger').toHaveLength(1)
  expect(named(journey.events, 'paused').filter((event) => event.receiver === receiver)).toHaveLength(pauses)
}

describe.each(crmSuppliers)('the CRM (%s) is down', (crm) => {
  it('delays itself alone, is told of once, and catches up in order when it is back', async () => {
    const journey = await start({ crm })
    await journey.offices.crm.goDown()
    const all = await toldWhileDown(journey, 'crm')
    for (const told of all) expect((await journey.progress(told, 'crm'))?.state).toBe('waiting')
    await isToldOnce(journey, 'updates-to-crm.crm')
    const { receivers } = await journey.operations.status()
    expect(receivers.filter(({ paused }) => paused !== null)).toMatchObject([
      { receiver: 'updates-to-crm.crm', paused: { code: expect.stringMatching(/^PRV_/) } },
    ])
    await journey.offices.crm.comeBack()
    await journey.untilEnded(...all)
    const order = await orderAt(journey, 'crm', all)
    expect(order.filter((index) => index !== 1)).toEqual([0, 2, 3])
    await isToldOnce(journey, 'updates-to-crm.crm')
    expect(named(journey.events, 'resumed').map(({ receiver }) => receiver)).toEqual(['updates-to-crm.crm'])
  })
})

describe('another office is down', () => {
  it('council tax: delays itself alone, is told of once, and catches up in order when it is back', async () => {
    const journey = await start()
    await journey.offices.councilTax.goDown()
    const all = await toldWhileDown(journey, 'council-tax')
    await isToldOnce(journey, 'updates-to-council-tax.council-tax')
    await journey.offices.councilTax.comeBack()
    await journey.untilEnded(...all)
    const order = await orderAt(journey, 'council-tax', all)
    expect(order.filter((index) => index !== 1)).toEqual([0, 2, 3])
    await isToldOnce(journey, 'updates-to-council-tax.council-tax')
  })

  it('the mail server: holds up no office, and every letter goes once when it is back', async () => {
    const journey = await start()
    await journey.offices.mail.goDown()
    const told = await journey.tell(changeOf(person(0), 3, { emailAddress: 'ambrose@example.org' }))
    await journey.untilEnded(told)
    await journey.offices.mail.comeBack()
    await journey.lettersTo('ambrose@example.org')
    await journey.lettersTo(administrators)
    expect(await journey.letters()).toHaveLength(2)
  })

  it('goes on over a restart of the broker, which is no second alert; the next time that it is down is', async () => {
    const journey = await start()
    const pauses = () => named(journey.events, 'paused').filter(({ receiver }) => receiver === 'updates-to-crm.crm')
    await journey.offices.crm.goDown()
    const all = await toldWhileDown(journey, 'crm')
    await journey.lettersTo(administrators)
    await journey.stopBroker()
    await journey.startBroker()
    await expect.poll(() => pauses().length, { timeout: 60_000 }).toBe(2)
    await journey.offices.crm.comeBack()
    await journey.untilEnded(...all)
    await isToldOnce(journey, 'updates-to-crm.crm', 2)
    await journey.offices.crm.goDown()
    await journey.tell(changeOf(person(2), 3))
    await journey.lettersTo(administrators, 2)
  })
})
