import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { backUp } from '@portreeve/broker'
import { expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import { TellUsOnce, type Told } from './support/tell-us-once.ts'
import { changeOf, inhabitants, person } from './support/tell-us-once-people.ts'
import { until } from './support/until.ts'

const { start } = journeys()

interface Bringing {
  readonly key: string
  readonly change: ReturnType<typeof changeOf>
  readonly told: Told
}

/** Brings one change after the other, of all inhabitants in turn, until it is told to stop. */
function bring(journey: TellUsOnce) {
  const brought: Bringing[] = []
  let stopping = false
  const over = (async () => {
    for (let number = 1; !stopping; number += 1) {
      const key = `form-${number}`
      const change = changeOf(person(number % inhabitants.length), number)
      brought.push({ key, change, told: await journey.tell(change, key) })
    }
  })()
  const soFar = async (count: number) => {
    while (brought.length < count) await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 10))])
    return [...brought]
  }
  const stop = async () => {
    stopping = true
    await over
    return [...brought]
  }
  return { soFar, stop }
}

/** What an operator does: the copy takes the place of the folder. */
async function restore(journey: TellUsOnce, backup: string): Promise<void> {
  await journey.stopBroker()
  await rm(journey.dataFolder, { recursive: true, force: true })
  await cp(backup, journey.dataFolder, { recursive: true })
  await journey.startBroker()
}

/** Staff work, and the electoral system answers again about lines that it had before, until every transaction is done with. */
async function untilEnded(journey: TellUsOnce): Promise<void> {
  const { electoral } = journey.offices
  const lines = () => [...electoral.record.values()].reduce((sum, times) => sum + times, 0)
  await until(
    'all is done with',
    async () => {
      const before = lines()
      await electoral.take()
      if (lines() > before) await electoral.answer()
      await journey.offices.work()
      const found = await Promise.all(journey.accepted.map((reference) => journey.transaction({ reference })))
      return found.every((transaction) => transaction?.stage === 'ended')
    },
    { withinMs: 60_000, instead: () => unended(journey) },
  )
}

/** For messages of failing tests. */
async function unended(journey: TellUsOnce): Promise<unknown> {
  const found = await Promise.all(journey.accepted.map((reference) => journey.transaction({ reference })))
  const open = found.flatMap((transaction) => (transaction && transaction.stage !== 'ended' ? [transaction] : []))
  return open.slice(0, 3).map(({ stage, systems }) => ({ stage, systems }))
}

it('loses nothing that was acknowledged before a backup was taken of it at work, and what came after can be brought again', async () => {
  await using journey = await TellUsOnce.start()
  const { offices, folder, configuration } = journey
  const traffic = bring(journey)
  const before = await traffic.soFar(20)
  const to = join(folder, 'backup')
  expect(await backUp({ configuration, to })).toMatchObject({ folder: to, problems: [] })
  await traffic.soFar(before.length + 10)
  const all = await traffic.stop()
  await untilEnded(journey)

  await restore(journey, to)
  const isRead = async () => (await journey.operations.status()).processes.every(({ lag }) => lag === 0)
  await until('what lies in the log is read', isRead, { withinMs: 60_000 })
  const known = await Promise.all(all.map(async ({ told }) => (await journey.transaction(told)) !== null))
  expect(known.slice(0, before.length)).toEqual(before.map(() => true))
  const lost = all.filter((_each, index) => !known[index])
  const proofs = new Map(cases(journey))
  const given = new Set(all.map(({ told }) => told.reference))
  // What was read since is put back: return files here.
  const { returnsFolder } = offices.electoral
  for (const name of await readdir(join(returnsFolder, 'done'))) {
    await rename(join(returnsFolder, 'done', name), join(returnsFolder, `again-${name}`))
  }
  journey.accepted.splice(0, Infinity, ...all.filter((_each, index) => known[index]).map(({ told }) => told.reference))
  await untilEnded(journey)

  // Under its key it is the same message; under a reference that nobody else was given.
  const [first] = lost
  if (!first) throw new TypeError('nothing came after the backup: it shows nothing')
  const again = await journey.tell(first.change, first.key)
  expect(given.has(again.reference)).toBe(false)
  for (const system of ['crm', 'council-tax']) await journey.until(again, system, 'delivered')
  expect(new Map(cases(journey))).toEqual(proofs)
  expect(offices.crm.cases()).toHaveLength(all.length)
  expect(await offices.councilTax.changes()).toHaveLength(all.length)
  expect(await journey.operations.check()).toEqual([])
})

/** Which case stands for which request. */
function cases({ offices }: TellUsOnce): readonly (readonly [string, string])[] {
  return offices.crm.cases().map(({ externalReference, caseId }) => [externalReference, caseId])
}

it('is backed up where it does not run, too, with everything that a start on the copy needs', async () => {
  const journey = await start()
  const told = await journey.tell(changeOf(person(0), 3))
  await journey.untilEnded(told)
  await journey.stopBroker()
  const to = join(journey.folder, 'backup')
  const { problems, files } = await backUp({ configuration: journey.configuration, to })
  expect([problems, files > 3]).toEqual([[], true])
  expect((await readdir(to)).sort()).toEqual(
    expect.arrayContaining(['claims', 'door.key', 'ledger.db', 'log', 'restored', 'state.db']),
  )
  await restore(journey, to)
  expect((await journey.transaction(told))?.stage).toBe('ended')
})

it('leaves nothing behind of a backup that cannot be written, and goes on', async () => {
  const journey = await start()
  const { configuration, folder } = journey
  const inTheWay = join(folder, 'taken')
  await mkdir(inTheWay)
  await writeFile(join(inTheWay, 'notes.txt'), 'ours')
  await expect(backUp({ configuration, to: inTheWay })).rejects.toMatchObject({ code: 'PRV_BROKER_BACKUP_IN_THE_WAY' })
  const nowhere = join(folder, 'nowhere', 'backup')
  await expect(backUp({ configuration, to: nowhere })).rejects.toMatchObject({
    code: 'PRV_BROKER_BACKUP_COPY',
    details: { fault: 'ENOENT' },
  })
  expect(existsSync(`${nowhere}.part`)).toBe(false)
  const to = join(folder, 'backup')
  const first = backUp({ configuration, to })
  const results = await Promise.allSettled([first, backUp({ configuration, to: `${to}-2` })])
  const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'done'))
  expect(codes.sort()).toEqual(['PRV_BROKER_BACKUP_UNDER_WAY', 'done'])
  await journey.untilEnded(await journey.tell(changeOf(person(1), 4)))
})
