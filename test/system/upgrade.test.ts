import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../support/source-files.ts'
import { boroughs } from './support/boroughs.ts'
import { reportFile, reports } from './support/report-file.ts'
import { testFolder } from './support/test-folder.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const golden = join(root, 'test/system/golden/data-folder-1')

/** A broker on what an earlier release left. */
async function upgraded() {
  const folder = await testFolder()
  await cp(golden, join(folder, 'data'), { recursive: true })
  const borough = await start({ folder })
  // Files of that time are none of this test's.
  borough.provable = false
  return borough
}

it('knows after an upgrade what an earlier release delivered and refused, and everything fits', async () => {
  const borough = await upgraded()
  const states = async () => (await borough.search({ type: 'valuation.report.proposed' })).map(({ state }) => state)
  expect((await states()).toSorted()).toEqual([...Array.from({ length: 7 }, () => 'delivered'), 'refused'])
  const [file] = await borough.search({ type: 'valuation.submission.received' })
  const track = await borough.operations.track({ reference: file?.reference ?? '' })
  expect(track?.childrenInAll).toBeGreaterThan(0)
  expect(await borough.operations.check()).toEqual([])
})

it('goes on after an upgrade: what is new goes its way, and what came before is not taken twice', async () => {
  const borough = await upgraded()
  const before = (await borough.search()).length
  await borough.drop('new.xml', reportFile({ reports: reports(3) }))
  await until('the new reports are there', () => borough.voa.reports().length === 3)
  await borough.settled()
  const old = await readFile(join(root, 'config/examples/sallowmere/samples/1-good.xml'))
  await borough.duplicateAnswer(await borough.drop('again.xml', old))
  expect(borough.voa.reports()).toHaveLength(3)
  expect((await borough.search()).length).toBe(before + 5)
  expect((await borough.operations.status()).failing).toEqual([])
})
