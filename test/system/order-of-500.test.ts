import { fromHeaders } from '@portreeve/envelope'
import { expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import { orderAt } from './support/office-records.ts'
import { recordsIn } from './support/prove-borough.ts'
import type { Told } from './support/tell-us-once.ts'
import { systems } from './support/tell-us-once-configuration.ts'
import { changeOf, person } from './support/tell-us-once-people.ts'

const { start } = journeys()
const atOnce = 32

it.each([
  [500, 'crm-cases'],
  [50, 'crm-open311'],
] as const)(
  '%i changes of one customer at once keep their order at every office, with %s as the CRM',
  async (count, crm) => {
    const journey = await start({ crm })
    const numbers = Array.from({ length: count }, (_, index) => index + 1).values()
    const submit = async () => {
      const told: Told[] = []
      for (const number of numbers) told.push(await journey.tell(changeOf(person(0), number)))
      return told
    }
    const all = (await Promise.all(Array.from({ length: atOnce }, submit))).flat()
    await journey.untilEnded(...all)
    const references = new Map(all.map((told) => [told.reference, told]))
    await journey.stopBroker()
    const records = await recordsIn(journey, 'customer.address.changed')
    const inOrder = records.map(({ headers }) => references.get(fromHeaders(headers).reference))
    const accepted = inOrder.filter((told) => told !== undefined)
    expect(accepted).toHaveLength(count)
    await journey.startBroker()
    for (const system of systems) {
      expect(await orderAt(journey, system, accepted), system).toEqual(accepted.map((_, index) => index))
    }
  },
)
