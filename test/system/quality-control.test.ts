import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromHeaders } from '@portreeve/envelope'
import { describe, expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import { orderAt } from './support/office-records.ts'
import { recordsIn } from './support/prove-borough.ts'
import { named } from './support/recorded-events.ts'
import { systems } from './support/tell-us-once-configuration.ts'
import { changeOf, daysAgo, oldHome, person } from './support/tell-us-once-people.ts'
import { until } from './support/until.ts'

const { start } = journeys()
const clerk = { by: 'A. Clerk', why: 'She showed her tenancy agreement.' }
const longAgo = { movedOn: daysAgo(400) }
const millHouse = (uprn: string) => ({ ...oldHome, streetDescription: 'Mill Lane', uprn })

const addresses = [
  'uprn,address,capacity,occupants',
  '990000000203,"1 Mill Lane, Sallowmere",4,0',
  '990000000204,"2 Mill Lane, Sallowmere",2,2',
  '',
]
const persons = [
  'personReference,personFamilyName,personGivenName,personBirthDate,uprn',
  'R-1,Sampleby,Ambrose,1960-03-01,',
  'R-2,Sampleby,Perpetua,1961-03-01,',
  'R-3,Sampleby,Cosmo,,',
  'R-4,Sampleby,Cosmo,,',
  '',
]

const registers = { 'addresses.csv': addresses.join('\r\n'), 'persons.csv': persons.join('\r\n') }

describe('quality control', () => {
  it('holds what a rule says, with its reason, and tells no office until somebody approves it', async () => {
    const journey = await start()
    const told = await journey.tell(changeOf(person(0), 3, { ...longAgo, emailAddress: 'ambrose@example.org' }))
    const { holds, systems: progress } = await journey.untilStage(told, 'held')
    expect(holds).toMatchObject([{ rule: 'long-ago', sentence: 'They moved long ago.' }])
    expect(progress.map(({ state }) => state)).toEqual(Array(3).fill('withheld'))
    await journey.lettersTo('ambrose@example.org')
    expect(await (await fetch(told.statusAddress)).json()).toMatchObject({ state: 'held' })
    expect(await (await fetch(told.statusAddress)).text()).not.toContain('long ago')
    const { reference } = told
    await journey.operations.decideTransaction({ reference, decision: 'approve', ...clerk })
    await journey.untilEnded(told)
    const { steps = [] } = (await journey.transaction(told)) ?? {}
    expect(steps.find(({ what }) => what === 'approved')).toMatchObject(clerk)
  })

  it('tells no office of what somebody rejects, ever; what is behind it goes on', async () => {
    const journey = await start()
    const told = await journey.tell(changeOf(person(0), 3, longAgo))
    const later = await journey.tell(changeOf(person(0), 4))
    await journey.untilStage(told, 'held')
    await journey.until(later, 'crm', 'withheld')
    const { reference } = told
    await journey.operations.decideTransaction({ reference, decision: 'reject', ...clerk })
    await journey.untilEnded(later)
    expect((await journey.transaction(told))?.stage).toBe('rejected')
    expect(await orderAt(journey, 'crm', [told, later])).toEqual([1])
    expect(await (await fetch(told.statusAddress)).json()).toMatchObject({ state: 'rejected' })
    await expect(
      journey.operations.decideTransaction({ reference, decision: 'approve', ...clerk }),
    ).rejects.toMatchObject({ code: 'PRV_BROKER_NOT_HELD' })
  })

  it('lets it go on as somebody corrects it: a child of the message that was brought, which stays as it was', async () => {
    const journey = await start()
    const told = await journey.tell(changeOf(person(0), 3, longAgo))
    await journey.untilStage(told, 'held')
    const corrected = changeOf(person(0), 7)
    const { reference } = told
    await journey.operations.correctTransaction({ reference, ...clerk, body: JSON.stringify(corrected) })
    await journey.untilEnded(told)
    expect(journey.offices.crm.persons()[0]?.address).toContain('7 Mill Lane')

    await journey.stopBroker()
    const records = await recordsIn(journey, 'customer.address.changed')
    const [first, second, ...others] = records.map(({ headers, value }) => {
      const { id, causationId, reference: ofIt } = fromHeaders(headers)
      return { id, causationId, reference: ofIt, body: JSON.parse(Buffer.from(value ?? '').toString()) }
    })
    expect(others).toEqual([])
    expect(first).toMatchObject({ causationId: undefined, body: changeOf(person(0), 3, longAgo) })
    expect(second).toMatchObject({ causationId: first?.id, reference: told.reference, body: corrected })
    for (const record of await recordsIn(journey, 'customer.address-update.requested')) {
      expect(fromHeaders(record.headers).causationId).toBe(second?.id)
    }
  })

  it('keeps the order of a person while one of theirs is held, over a restart, and holds up nobody else', async () => {
    const journey = await start()
    const all = [
      await journey.tell(changeOf(person(0), 3)),
      await journey.tell(changeOf(person(0), 4, longAgo)),
      await journey.tell(changeOf(person(0), 5)),
      await journey.tell(changeOf(person(0), 6)),
    ]
    const other = await journey.tell(changeOf(person(1), 3))
    const [first, held, ...later] = all
    if (!first || !held) throw new TypeError('there are four')
    await journey.untilStage(held, 'held')
    for (const told of [first, other]) for (const system of systems) await journey.until(told, system, 'delivered')
    await journey.stopBroker()
    await journey.startBroker()
    const last = await journey.tell(changeOf(person(0), 8))
    for (const told of [...later, last]) for (const system of systems) await journey.until(told, system, 'withheld')
    await journey.operations.decideTransaction({ reference: held.reference, decision: 'approve', ...clerk })
    await journey.untilEnded(...all, last, other)
    for (const system of systems) {
      const order = await orderAt(journey, system, [...all, last, other])
      expect(order.filter((place) => place !== 5)).toEqual([0, 1, 2, 3, 4])
    }
  })
})

describe('quality control with registers', () => {
  it('holds an address that is not there, one that is full, and a name of several persons; all else passes', async () => {
    const journey = await start({ registers })
    const rulesOf = async (...change: Parameters<typeof changeOf>) => {
      const told = await journey.tell(changeOf(...change))
      return { told, holds: (await journey.untilStage(told, 'held')).holds }
    }
    const passes = await journey.tell(changeOf(person(0), 1, { newAddress: millHouse('990000000203') }))
    await journey.untilEnded(passes)
    const notThere = await rulesOf(person(0), 9, { newAddress: millHouse('990000000999') })
    expect(notThere.holds.map(({ rule }) => rule)).toEqual(['no-such-address'])
    const full = await rulesOf(person(1), 2, { newAddress: millHouse('990000000204') })
    expect(full.holds.map(({ rule }) => rule)).toEqual(['address-full'])
    const several = await rulesOf(person(2), 3)
    expect(several.holds).toMatchObject([
      { rule: 'several-persons', candidates: [{ personReference: 'R-3' }, { personReference: 'R-4' }] },
    ])
    for (const { told } of [notThere, full, several]) {
      await journey.operations.decideTransaction({ reference: told.reference, decision: 'approve', ...clerk })
    }
    await journey.untilEnded(notThere.told, full.told, several.told)
  })

  it('waits for a register that cannot answer now, and loses nothing meanwhile', async () => {
    const journey = await start({ registers })
    const file = join(journey.folder, 'registers', 'addresses.csv')
    await journey.stopBroker()
    await writeFile(file, 'this is no register')
    await journey.startBroker()
    const told = await journey.tell(changeOf(person(0), 1, { newAddress: millHouse('990000000203') }))
    const isFailing = () => named(journey.events, 'failing').some(({ what }) => what === 'process tell-us-once')
    await until('it is told', isFailing, { withinMs: 60_000 })
    expect(await (await fetch(told.statusAddress)).json()).toMatchObject({ state: 'received' })
    expect(await journey.transaction(told)).toBeNull()
    await writeFile(file, registers['addresses.csv'])
    await journey.untilEnded(told)
  })
})
