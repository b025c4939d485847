import { describe, expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import { changeOf, person } from './support/tell-us-once-people.ts'

const { start } = journeys()
const dayMs = 86_400_000
const teams = ['crm-team', 'council-tax-team', 'elections-team']

describe('an office that does not confirm', () => {
  it('within its working days needs a person, and its administrators are told; confirmed later, it is done', async () => {
    let ahead = 0
    const journey = await start({ now: () => new Date(Date.now() + ahead) })
    const told = await journey.tell(changeOf(person(0), 3))
    for (const system of ['crm', 'council-tax', 'electoral']) {
      expect(await journey.until(told, system, 'delivered')).toMatchObject({ confirmBy: expect.any(String) })
    }
    // Five working days are over after eight days, whatever day it is.
    ahead = 9 * dayMs
    for (const system of ['crm', 'council-tax', 'electoral']) {
      const progress = await journey.until(told, system, 'needs-a-person')
      expect(progress).toMatchObject({ code: 'PRV_CORE_NOT_CONFIRMED' })
    }
    for (const team of teams) {
      const [letter, ...others] = await journey.lettersTo(`${team}@sallowmere.example`)
      expect(letter?.text).toContain('It has not confirmed within 5 working days.')
      expect(letter?.text).toContain(told.reference)
      expect(others).toEqual([])
    }
    expect(await (await fetch(told.statusAddress)).json()).toMatchObject({ state: 'needs-a-person' })
    await journey.untilEnded(told)
    expect((await journey.transaction(told))?.systems.map(({ state }) => state)).toEqual(Array(3).fill('confirmed'))
  })

  it('while the broker was stopped needs a person when it runs again; its administrators are told once, by no later start anew', async () => {
    const journey = await start()
    const told = await journey.tell(changeOf(person(0), 3))
    for (const system of ['crm', 'council-tax', 'electoral']) await journey.until(told, system, 'delivered')
    await journey.stopBroker()
    journey.now = () => new Date(Date.now() + 9 * dayMs)
    await journey.startBroker()
    for (const system of ['crm', 'council-tax', 'electoral']) {
      expect(await journey.until(told, system, 'needs-a-person')).toMatchObject({ code: 'PRV_CORE_NOT_CONFIRMED' })
    }
    for (const team of teams) await journey.lettersTo(`${team}@sallowmere.example`)
    await journey.stopBroker()
    await journey.startBroker()
    // Whatever the timers of the change before would have said again is said before this one is done with.
    const later = await journey.tell(changeOf(person(1), 3))
    await journey.untilEnded(later)
    for (const team of teams) expect(await journey.lettersTo(`${team}@sallowmere.example`)).toHaveLength(1)
    await journey.untilEnded(told)
  })

  it('holds up no later change of the person: that one was taken', async () => {
    let ahead = 0
    const journey = await start({ now: () => new Date(Date.now() + ahead) })
    const first = await journey.tell(changeOf(person(0), 3))
    await journey.until(first, 'crm', 'delivered')
    ahead = 9 * dayMs
    await journey.until(first, 'crm', 'needs-a-person')
    const second = await journey.tell(changeOf(person(0), 4))
    await journey.until(second, 'crm', 'delivered')
    await journey.untilEnded(first, second)
  })

  it('because it lies, and has nothing of what it says it took, needs a person too', async () => {
    let ahead = 0
    const journey = await start({ now: () => new Date(Date.now() + ahead) })
    journey.liars.add('crm')
    const body = JSON.stringify({ caseId: 'C-77', externalReference: null })
    journey.offices.crm.misbehave({ kind: 'status', status: 201, body, requests: 1 })
    const told = await journey.tell(changeOf(person(0), 3, { tell: ['customer-record'] }))
    expect(await journey.until(told, 'crm', 'delivered')).toMatchObject({ proof: 'C-77' })
    expect(journey.offices.crm.cases()).toEqual([])
    ahead = 9 * dayMs
    await journey.until(told, 'crm', 'needs-a-person')
    await journey.operations.resolveTransaction({
      reference: told.reference,
      system: 'crm',
      by: 'A. Clerk',
      why: 'They have nothing of it.',
      personReference: 'P-0',
    })
    await journey.untilEnded(told)
    expect(journey.offices.crm.cases()).toHaveLength(1)
  })
})
