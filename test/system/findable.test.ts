import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'
import { named } from './support/recorded-events.ts'
import { reportFile } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const rounds = 20

it('finds a file by its reference within two seconds of its acceptance', async () => {
  const borough = await start()
  const waits: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    await borough.drop(`file-${round}.xml`, reportFile())
    const told = await until('it is accepted', () => named(borough.events, 'accepted')[round - 1])
    const accepted = performance.now()
    await until('it is found', () => borough.operations.track({ reference: told.reference }))
    waits.push(performance.now() - accepted)
  }
  waits.sort((a, b) => a - b)
  const [median = 0, slowest = 0] = [waits[rounds / 2], waits.at(-1)]
  console.log(`found after acceptance: median ${median.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms`)
  expect(slowest).toBeLessThan(2000)
})
