import { cp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import type { TellUsOnce, Told } from './support/tell-us-once.ts'
import { crmSuppliers } from './support/tell-us-once-offices.ts'
import { changeOf, person } from './support/tell-us-once-people.ts'
import { until } from './support/until.ts'

const { start } = journeys()

async function proofs(journey: TellUsOnce, told: Told): Promise<readonly unknown[]> {
  return (await journey.transaction(told))?.systems.map(({ system, proof }) => [system, proof]) ?? []
}

it.each(crmSuppliers)(
  'what an office has already is not done again: it says so, and that is the proof (%s)',
  async (crm) => {
    const journey = await start({ crm })
    const { offices, folder, dataFolder } = journey
    const out = offices.electoral.outFolder
    await offices.crm.goDown()
    await offices.councilTax.goDown()
    await rename(out, `${out}.away`)
    const told = await journey.tell(changeOf(person(0), 3))
    for (const receiver of ['crm', 'council-tax', 'electoral']) {
      await journey.lettersAbout(`updates-to-${receiver}.${receiver}`)
    }
    await journey.stopBroker()
    // Of a time when it was told to nobody.
    await cp(dataFolder, join(folder, 'copy'), { recursive: true })
    await offices.crm.comeBack()
    await offices.councilTax.comeBack()
    await rename(`${out}.away`, out)
    await journey.startBroker()
    await journey.untilEnded(told)
    const first = await proofs(journey, told)
    const { write } = offices.crm.requests()

    await journey.stopBroker()
    await rm(dataFolder, { recursive: true })
    await rename(join(folder, 'copy'), dataFolder)
    await journey.startBroker()
    // Return files that were read since that time are put back, or nobody would hear of them.
    const { returnsFolder } = offices.electoral
    for (const name of await readdir(join(returnsFolder, 'done'))) {
      await rename(join(returnsFolder, 'done', name), join(returnsFolder, `again-${name}`))
    }
    await journey.untilEnded(told)
    // A confirmation that was read again may come before the proof does.
    const isProved = async () => JSON.stringify(await proofs(journey, told)) === JSON.stringify(first)
    await until('each says the same again', isProved, { withinMs: 60_000, instead: () => proofs(journey, told) })
    expect(offices.crm.requests().write, 'it was sent again').toBeGreaterThan(write)
    expect(offices.crm.cases()).toHaveLength(1)
    expect(await offices.councilTax.changes()).toHaveLength(1)
    expect([...offices.electoral.record.values()]).toEqual([1])
  },
)
