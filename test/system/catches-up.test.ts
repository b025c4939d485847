import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'
import { named } from './support/recorded-events.ts'
import { reportFile, reports } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const waiting = 300

it('gives the VOA, back after it was away, at most one more at once than it has answered since', async () => {
  const borough = await start({ partitions: 3 })
  await borough.stopVoa()
  const file = await borough.drop('reports.xml', reportFile({ reports: reports(waiting) }))
  await until('the VOA is found to be away', () => named(borough.events, 'paused').length > 0)
  await borough.startVoa()
  await borough.settled()
  expect((await borough.reportsOf(file)).map(({ state }) => state)).toEqual(Array(waiting).fill('delivered'))
  const batches = [...Map.groupBy(borough.voa.reports(), ({ batchId }) => batchId).values()].map(({ length }) => length)
  let answered = 0
  for (const size of batches) {
    expect(size, `${batches}`).toBeLessThanOrEqual(answered + 1)
    answered += size
  }
  expect(batches[0]).toBe(1)
  expect(Math.max(...batches), 'it is not spared for ever').toBeGreaterThan(20)
})
