import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { ReportingChild } from '../support/child-process.ts'

const program = fileURLToPath(new URL('./support/borough-process.ts', import.meta.url))
const megabyte = 1024 * 1024

interface Progress {
  readonly name: 'progress'
  readonly done: number
  readonly bytesRead: number
  readonly totalBytes: number
}

interface End {
  readonly name: 'end'
  readonly before: number
  readonly peak: number
  readonly faults: readonly string[]
  readonly atVoa: number
  readonly distinct: number
}

/** A heap that the reports of a file would not fit into all at once; the rest of the memory is not the heap's. */
const heap = ['--max-old-space-size=96', '--max-semi-space-size=2', '--expose-gc']

/** Runs a borough of its own, stand-in included, with one file of so many reports. */
async function runWith(reports: number): Promise<{ end: End; progress: readonly Progress[] }> {
  const told: (Progress | End)[] = []
  const onLine = (line: string) => told.push(JSON.parse(line))
  const child = new ReportingChild({ command: [process.execPath, ...heap, program, String(reports)], onLine })
  const { code, stderr } = await child.ended()
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const progress = told.filter((value) => value.name === 'progress')
  const end = told.find((value) => value.name === 'end')
  if (!end) throw new TypeError('it ended without a word')
  return { end, progress: progress.slice(2) }
}

function expectAllOnce({ end }: { end: End }, reports: number): void {
  expect(end).toMatchObject({ atVoa: reports + 1, distinct: reports + 1, faults: [] })
}

it('streams a file of ten thousand reports in bounded memory, and tells how far it is', async () => {
  const run = await runWith(10_000)
  expectAllOnce(run, 10_000)
  const grown = (run.end.peak - run.end.before) / megabyte
  console.log(`10,000 reports: memory ${Math.round(run.end.before / megabyte)} MB, grew by ${Math.round(grown)} MB`)
  expect(grown).toBeLessThan(150)

  const { progress } = run
  expect(progress.length).toBeGreaterThan(20)
  for (const [index, { bytesRead, totalBytes, done }] of progress.entries()) {
    const before = progress[index - 1] ?? { bytesRead: 0, done: 0 }
    expect(bytesRead, 'never falls').toBeGreaterThanOrEqual(before.bytesRead)
    expect(done, 'never falls').toBeGreaterThanOrEqual(before.done)
    expect(bytesRead).toBeLessThanOrEqual(totalBytes)
    expect(totalBytes, 'stays the same').toBe(progress[0]?.totalBytes)
  }
  const last = progress.at(-1)
  expect(last?.bytesRead).toBe(last?.totalBytes)
  expect(last?.done).toBe(10_000)
})

it.runIf(process.env.PORTREEVE_RESILIENCE === 'full')(
  'streams a file of one gigabyte in the memory that ten thousand reports take [needs npm run resilience]',
  async () => {
    const reports = 820_000
    const run = await runWith(reports)
    expectAllOnce(run, reports)
    const grown = (run.end.peak - run.end.before) / megabyte
    console.log(`${reports} reports, ${run.progress[0]?.totalBytes} bytes: grew by ${Math.round(grown)} MB`)
    expect(grown).toBeLessThan(150)
  },
  60 * 60 * 1000,
)
