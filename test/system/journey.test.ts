import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'

const samples = fileURLToPath(new URL('../../config/examples/sallowmere/samples', import.meta.url))
const { start } = boroughs()

it('brings the good reports to the VOA and says of each other one why not', async () => {
  const borough = await start({ voa: { refuse: { '3204': '1006' } } })
  const files = []
  for (const name of await readdir(samples)) files.push(await borough.drop(name, await readFile(join(samples, name))))
  await borough.settled()
  const states = (await borough.search({ type: 'valuation.report.proposed' })).map(({ state }) => state)
  expect(Object.groupBy(states, (state) => state)).toMatchObject({
    delivered: { length: 7 },
    refused: { length: 1 },
  })
})
