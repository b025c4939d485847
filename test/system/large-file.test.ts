import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Submission } from '@portreeve/adapter-valuebill/fake-system'
import { expect, it } from 'vitest'
import { ReportingChild } from '../support/child-process.ts'
import type { ToldEvent } from './support/recorded-events.ts'
import { testFolder } from './support/test-folder.ts'

const program = (name: string) => fileURLToPath(new URL(`./support/${name}.ts`, import.meta.url))
const megabyte = 1024 * 1024

type Progress = ToldEvent & { readonly name: 'progress' }

interface End {
  readonly name: 'end'
  readonly bytes: number
  /** What the status said of it, each thing once. */
  readonly shown: readonly string[]
  readonly before: number
  readonly peak: number
  readonly faults: readonly string[]
}

/** A heap that the reports of a file would not fit into all at once; the rest of the memory is not the heap's. */
const heap = ['--max-old-space-size=96', '--max-semi-space-size=2', '--expose-gc']

interface Run {
  /** Megabytes. */
  readonly grown: number
  /** Of the file. */
  readonly bytes: number
  readonly shown: readonly string[]
  readonly progress: readonly Progress[]
}

/** Takes one file of so many reports through a broker with a process of its own. */
async function runWith(reports: number, folder: string): Promise<Run> {
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
    return { grown, bytes: end.bytes, shown: end.shown, progress: told.filter((value) => value.name === 'progress') }
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

it('streams a file of ten thousand reports in bounded memory, and tells how far it is and how long it takes', async () => {
  const { grown, bytes, shown, progress } = await runWith(10_000, await testFolder())
  expect(grown).toBeLessThan(150)
  expect(shown.filter((told) => told.startsWith('splitting')).length, 'the status says it too').toBeGreaterThan(5)
  const phases = Map.groupBy(progress, ({ phase }) => phase)
  expect([...phases.keys()]).toEqual(['checking', 'splitting'])
  for (const [phase, told] of phases) {
    expect(told.length, phase).toBeGreaterThan(10)
    for (const [index, { bytesRead, totalBytes, done }] of told.entries()) {
      const before = told[index - 1] ?? { bytesRead: 0, done: 0 }
      expect(bytesRead, 'never falls').toBeGreaterThanOrEqual(before.bytesRead)
      expect(done, 'never falls').toBeGreaterThanOrEqual(before.done)
      expect(totalBytes, "the file's own").toBe(bytes)
    }
    const records = phase === 'splitting' ? 10_000 : 0
    expect(told.at(-1)).toMatchObject({ bytesRead: bytes, percent: 100, secondsLeft: 0, done: records })
  }
  const estimates = (phases.get('splitting') ?? []).flatMap(({ secondsLeft }) => secondsLeft ?? [])
  const quarter = Math.ceil(estimates.length / 4)
  expect(quarter, 'the time left is told on the way').toBeGreaterThan(1)
  expect(average(estimates.slice(-quarter)), 'shrinks').toBeLessThan(average(estimates.slice(0, quarter)))
}, 120_000)

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

it.runIf(process.env.PORTREEVE_RESILIENCE === 'full')(
  'streams a file of one gigabyte in the memory that ten thousand reports take [needs npm run resilience]',
  async () => {
    // On a real disk: a gigabyte is not to stand in memory several times over.
    const folder = await mkdtemp(join(tmpdir(), 'portreeve-borough-'))
    const { grown, bytes } = await runWith(1_300_000, folder)
    expect(bytes).toBeGreaterThan(1_000_000_000)
    expect(grown).toBeLessThan(150)
  },
  3 * 60 * 60 * 1000,
)
