import { readdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import { changeOf, person } from './support/tell-us-once-people.ts'

const { start } = journeys()
/** In the place of a day. */
const electoralWaitSeconds = 10

it('makes one file of all that came in a day, and does not begin the day again when the broker is started again', async () => {
  const journey = await start({ electoralWaitSeconds })
  const files = async () => (await readdir(journey.offices.electoral.outFolder)).filter((name) => !name.startsWith('.'))
  const all = [await journey.tell(changeOf(person(0), 3)), await journey.tell(changeOf(person(1), 3))]
  for (const told of all) await journey.until(told, 'crm', 'delivered')
  await sleep(electoralWaitSeconds * 600)
  await journey.stopBroker()
  expect(await files()).toEqual([])
  await journey.startBroker()
  const startedAgain = Date.now()
  for (const told of all) await journey.until(told, 'electoral', 'delivered')
  expect(Date.now() - startedAgain).toBeLessThan(electoralWaitSeconds * 1000)
  expect(await files()).toHaveLength(1)
  await journey.untilEnded(...all)
})
