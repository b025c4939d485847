import { copyFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { TellUsOnce } from './support/tell-us-once.ts'
import { changeOf, person } from './support/tell-us-once-people.ts'

it('records of offices that say something else than the broker are told: undone, done twice, done unasked', async () => {
  await using journey = await TellUsOnce.start()
  const { crm, councilTax, electoral } = journey.offices
  const told = await journey.tell(changeOf(person(0), 3))
  await journey.until(told, 'electoral', 'delivered')
  const [file = ''] = (await readdir(electoral.outFolder)).filter((name) => !name.startsWith('.'))
  await copyFile(join(electoral.outFolder, file), join(journey.folder, file))
  await journey.untilEnded(told)
  expect(await journey.compare()).toEqual([])

  // The broker would ask it, and no longer say that it is confirmed.
  await crm.goDown()
  crm.changeStatus(crm.cases()[0]?.caseId ?? '', 'rejected')
  await copyFile(join(journey.folder, file), join(electoral.outFolder, file))
  await councilTax.addChange('unasked', '70001')
  const { reference } = told
  expect(await journey.compare()).toEqual([
    expect.stringMatching(`${reference} crm confirmed: it has .*, and says no`),
    expect.stringMatching(`${reference} electoral confirmed: .* took effect 2 times`),
    'council-tax has unasked, which nobody told',
  ])
})
