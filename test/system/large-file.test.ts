import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Submission } from '@portreeve/adapter-valuebill/fake-system'
import { expect, it } from 'vitest'
import { ReportingChild } from '../support/child-process.ts'
import { testFolder } from './support/test-folder.ts'

const program = (name: string) => fileURLToPath(new URL(`./support/${name}.ts`, import.meta.url))
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
}

/** A heap that the reports of a file would not fit into all at once; the rest of the memory is not the heap's. */
const heap = ['--max-old-space-size=96', '--max-semi-space-size=2', '--expose-gc']

/** Takes one file of so many reports through a broker with a process of its own. What grew is in megabytes. */
async function runWith(reports: number, folder: string): Promise<{ grown: number; progress: readonly Progress[] }> {
  const record = join(folder, 'voa.jsonl')
  const address = Promise.withResolvers<string>()
  const voa = new ReportingChild({
    command: [process.execPath, program('voa-process'), record],
    onLine: address.resolve,
  })
  try {
    const told: (Progress | End)[] = []
    const words = [program('borough-process'), join(folder, 'borough'), await address.promise, String(reports)]
    const onLine = (line: string) => told.push(JSON.parse(line))
    const broker = new ReportingChild({ command: [process.execPath, ...heap, ...words], onLine })
    const { code, stderr } = await broker.ended()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const end = told.find((value) => value.name === 'end')
    if (!end) throw new TypeError('it ended without a word')
    expect(end.faults).toEqual([])
    expect(await takenIn(record)).toEqual({ taken: reports + 1, distinct: reports + 1 })
    const grown = Math.round((end.peak - end.before) / megabyte)
    console.log(`${reports} reports: memory ${Math.round(end.before / megabyte)} MB, grew by ${grown} MB`)
    return { grown, progress: told.filter((value) => value.name === 'progress') }
  } finally {
    voa.killNow()
    await voa.ended()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What the stand-in took, from its own record. */
async function takenIn(record: string): Promise<{ taken: number; distinct: number }> {
  const transactions = new Set<string>()
  let taken = 0
  for await (const line of createInterface({ input: createReadStream(record) })) {
    const submission: Submission = JSON.parse(line)
    taken += submission.taken.length
    for (const { baTransaction } of submission.taken) transactions.add(baTransaction)
  }
  return { taken, distinct: transactions.size }
}

it('streams a file of ten thousand reports in bounded memory, and tells how far it is', async () => {
  const { grown, progress } = await runWith(10_000, await testFolder())
  expect(grown).toBeLessThan(150)
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
}, 120_000)

it.runIf(process.env.PORTREEVE_RESILIENCE === 'full')(
  'streams a file of one gigabyte in the memory that ten thousand reports take [needs npm run resilience]',
  async () => {
    // On a real disk: a gigabyte is not to stand in memory several times over.
    const folder = await mkdtemp(join(tmpdir(), 'portreeve-borough-'))
    const { grown, progress } = await runWith(1_300_000, folder)
    expect((progress[0]?.totalBytes ?? 0) / 2).toBeGreaterThan(1_000_000_000)
    expect(grown).toBeLessThan(150)
  },
  3 * 60 * 60 * 1000,
)
