import { describe, expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import type { Told } from './support/tell-us-once.ts'
import { crmSuppliers } from './support/tell-us-once-offices.ts'
import { changeOf, inhabitants, person } from './support/tell-us-once-people.ts'

const { start } = journeys()

describe.each(crmSuppliers)('a CRM that is overloaded (%s)', (crm) => {
  it('is left alone for as long as it asks by 429 and Retry-After, and then has everything once', async () => {
    const journey = await start({ crm })
    journey.offices.crm.misbehave({ kind: 'status', status: 429, retryAfter: '2', requests: 1 })
    const from = Date.now()
    const all: Told[] = []
    for (const index of [0, 1, 2]) all.push(await journey.tell(changeOf(person(index), 3)))
    for (const told of all) await journey.until(told, 'crm', 'delivered')
    const [first] = journey.offices.crm.history()
    expect(Date.parse(first?.at ?? '') - from, 'not before the time that it asked for').toBeGreaterThanOrEqual(2000)
    expect(journey.offices.crm.requests().write).toBe(4)
    expect(journey.offices.crm.cases()).toHaveLength(3)
  })

  it('has no more a minute than its limit, evenly, and holds up no other office', async () => {
    const journey = await start({ crm, limits: { crm: { maxPerMinute: 120 } } })
    const all = await Promise.all(inhabitants.slice(0, 4).map((each) => journey.tell(changeOf(each, 3))))
    for (const told of all) await journey.until(told, 'crm', 'delivered')
    const times = journey.offices.crm.history().map(({ at }) => Date.parse(at))
    const [first = 0] = times
    // The first may have taken longer on its way than those behind it.
    for (const [index, at] of times.entries()) expect(at - first).toBeGreaterThanOrEqual(index * 500 - 250)
    await journey.untilEnded(...all)
  })
})
