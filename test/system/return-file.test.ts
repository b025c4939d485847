import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import { named } from './support/recorded-events.ts'
import type { TellUsOnce, Told } from './support/tell-us-once.ts'
import { changeOf, person } from './support/tell-us-once-people.ts'
import { until } from './support/until.ts'

const { start } = journeys()
const onlyElectoral = { tell: ['electoral-register'] }

/** Four persons' changes lie with the electoral office, in one file or several, and it has taken them away. */
async function takenAway(journey: TellUsOnce): Promise<readonly Told[]> {
  const all: Told[] = []
  for (const index of [0, 1, 2, 3]) all.push(await journey.tell(changeOf(person(index), 3, onlyElectoral)))
  for (const told of all) await journey.until(told, 'electoral', 'delivered')
  await journey.offices.electoral.take()
  return all
}

async function statesOf(journey: TellUsOnce, all: readonly Told[]): Promise<readonly (string | undefined)[]> {
  return await Promise.all(all.map(async (told) => (await journey.progress(told, 'electoral'))?.state))
}

function returnFile(...lines: readonly string[]): string {
  return ['REQUEST_ID,PERSON_NO,RESULT,ELECTOR_NO,CANDIDATES,REASON', ...lines].map((line) => `${line}\r\n`).join('')
}

async function requestOf(journey: TellUsOnce, told: Told): Promise<string> {
  const track = await journey.operations.track({ reference: told.reference })
  return `${track?.message.id}.tell-us-once.electoral.1`
}

/** What was wrong with the return files, as pages beside them. */
async function problemPages({ offices }: TellUsOnce, shelf: string): Promise<readonly string[]> {
  const folder = join(offices.electoral.returnsFolder, shelf)
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.problems.txt'))
  return await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
}

it('a return file with lines missing confirms those that it has; the others wait for theirs', async () => {
  const journey = await start()
  const all = await takenAway(journey)
  await journey.offices.electoral.answer({ missing: true })
  const inState = async (state: string) => (await statesOf(journey, all)).filter((each) => each === state).length
  await until('half are confirmed', async () => (await inState('confirmed')) === 2, { withinMs: 60_000 })
  expect(await inState('delivered')).toBe(2)
  for (const told of all) {
    const isMissing = (await journey.progress(told, 'electoral'))?.state === 'delivered'
    const text = returnFile(`${await requestOf(journey, told)},1,OK,,,`)
    if (isMissing) await journey.offices.electoral.answerWith(text)
    await journey.until(told, 'electoral', 'confirmed')
  }
})

it('a return file with every line twice confirms each once', async () => {
  const journey = await start()
  const all = await takenAway(journey)
  await journey.offices.electoral.answer({ doubled: true })
  for (const told of all) await journey.untilStage(told, 'ended')
  for (const told of all) {
    const { steps = [] } = (await journey.transaction(told)) ?? {}
    expect(steps.filter(({ what }) => what === 'confirmed')).toHaveLength(1)
  }
  const { messages } = await journey.operations.search({ type: 'customer.address-update.answered' })
  expect(messages).toHaveLength(4)
})

it('a return file with unknown lines confirms the others; what it cannot use is told, and lies beside it', async () => {
  const journey = await start()
  const all = await takenAway(journey)
  await journey.offices.electoral.answer({ unknown: true })
  for (const told of all) await journey.until(told, 'electoral', 'confirmed')
  const isTold = () => named(journey.events, 'failing').some(({ code }) => code === 'PRV_ELECTORAL_RETURN_LINES')
  await until('it is told', isTold, { withinMs: 60_000 })
  const [page = '', ...others] = await problemPages(journey, 'done')
  expect(others).toEqual([])
  expect(page).toContain('It speaks of a request that was never handed over.')
})

it('a return file that stops in the middle is not used by halves; the whole one confirms all', async () => {
  const journey = await start()
  const all = await takenAway(journey)
  await journey.offices.electoral.answer({ half: true })
  const isTold = () => named(journey.events, 'failing').length > 0
  await until('it is told', isTold, { withinMs: 60_000 })
  const known = await statesOf(journey, all)
  expect(known.every((state) => state === 'confirmed' || state === 'delivered')).toBe(true)
  expect(known).toContain('delivered')
  const lines = [...journey.offices.electoral.results].map(
    ([line, result]) => `${line.replace('/1', ',1')},${result},,,`,
  )
  await journey.offices.electoral.answerWith(returnFile(...lines))
  for (const told of all) await journey.until(told, 'electoral', 'confirmed')
})

it('a household is confirmed when each of its persons is; while some are missing it is not', async () => {
  const journey = await start()
  const { givenName: personGivenName, familyName: personFamilyName } = person(1)
  const household = [{ personGivenName, personFamilyName }]
  const told = await journey.tell(changeOf(person(0), 3, { ...onlyElectoral, household }))
  await journey.until(told, 'electoral', 'delivered')
  await journey.offices.electoral.take()
  await journey.offices.electoral.answer({ missing: true })
  const isHeard = async () => (await journey.transaction(told))?.steps.some(({ what }) => what === 'in-progress')
  await until('one of them is known', isHeard, { withinMs: 60_000 })
  expect((await journey.progress(told, 'electoral'))?.state).toBe('delivered')
  await journey.offices.electoral.answerWith(returnFile(`${await requestOf(journey, told)},2,OK,EA-1,,`))
  await journey.until(told, 'electoral', 'confirmed')
})
