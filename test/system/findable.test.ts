import { expect, it } from 'vitest'
import type { TestBorough } from './support/borough.ts'
import { boroughs } from './support/boroughs.ts'
import { named, type ToldEvent } from './support/recorded-events.ts'
import { reportFile, reports } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const rounds = 20
const proposed = 'valuation.report.proposed'

it('finds a file by its reference within two seconds of its acceptance', async () => {
  const accepted = new Map<string, number>()
  const borough = await start({ onEvent: noteAccepted(accepted) })
  const waits: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    await borough.drop(`file-${round}.xml`, reportFile())
    await until('it is found', () => findAccepted(borough, accepted, waits).then(() => waits.length === round))
  }
  expect(slowestOf('a file, on a quiet broker', waits)).toBeLessThan(2000)
})

it('finds reports within ten seconds while their file of ten thousand is split, and other files that come in meanwhile', async () => {
  const accepted = new Map<string, number>()
  const borough = await start({ onEvent: noteAccepted(accepted) })
  // It ends in the middle; what must hold of a long file is proved where one is taken to its end.
  borough.provable = false
  await borough.drop('large.xml', reportFile({ reports: reports(10_000) }))
  const toItsEnd = { withinMs: 150_000 }
  await until('it is split', () => named(borough.events, 'progress').some(({ done }) => done > 0), toItsEnd)
  accepted.clear()
  for (let round = 1; round <= rounds; round += 1) await borough.drop(`file-${round}.xml`, reportFile())

  const ofFiles: number[] = []
  const ofReports = new Map<string, number>()
  const isSplit = () => named(borough.events, 'split').some((event) => event.reports === 10_000)
  const look = async () => {
    await findAccepted(borough, accepted, ofFiles)
    const [last] = (await borough.operations.search({ file: 'large.xml', type: proposed, limit: 1 })).messages
    if (!last || ofReports.has(last.reference)) return
    // Since it was made, which is before it was on the log.
    ofReports.set(last.reference, Date.now() - Date.parse(last.time))
  }
  await until('it is split to its end', () => look().then(isSplit), toItsEnd)
  expect(ofReports.size, 'it was split too soon to show anything').toBeGreaterThan(4)
  expect(ofFiles.length, 'no other file was accepted meanwhile').toBeGreaterThan(0)
  expect(slowestOf('a report, while its file is split', [...ofReports.values()])).toBeLessThan(10_000)
  expect(slowestOf('a file, while another is split', ofFiles)).toBeLessThan(10_000)
  for (const reference of ofReports.keys()) {
    expect(await borough.operations.track({ reference }), reference).toMatchObject({ reference })
  }
}, 240_000)

/** Notes when each reference was given out. */
function noteAccepted(at: Map<string, number>): (event: ToldEvent) => void {
  return (event) => {
    if (event.name === 'accepted') at.set(event.reference, performance.now())
  }
}

/** Looks for what was accepted, and notes how long each waited until it was found. */
async function findAccepted({ operations }: TestBorough, at: Map<string, number>, waits: number[]): Promise<void> {
  for (const [reference, acceptedAt] of at) {
    if (!(await operations.track({ reference }))) continue
    waits.push(performance.now() - acceptedAt)
    at.delete(reference)
  }
}

/** Prints the median and the slowest, in milliseconds, and answers with the slowest. */
function slowestOf(what: string, waits: readonly number[]): number {
  const sorted = waits.toSorted((a, b) => a - b)
  const [median = 0, slowest = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  console.log(`found ${what}: median ${median.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms, of ${waits.length}`)
  return slowest
}
