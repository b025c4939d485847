import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Row } from './row.ts'

/** Where results are kept. */
export const resultsFolder = fileURLToPath(new URL('./results/', import.meta.url))

/** Every bench, in the order in which they run. */
export const benchNames = [
  'log',
  'formats',
  'valuebill',
  'ledger',
  'journey',
  'door',
  'tell-us-once',
  'cost-apart',
  'kafka',
  'hand-over',
  'workers',
] as const
export type BenchName = (typeof benchNames)[number]

/** What one bench measured. */
export interface Measured {
  /** When it began. */
  readonly at: string
  /** Of the last minute before it began, as the system counts it: on a quiet machine near 0. Windows always says 0. */
  readonly load?: number
  readonly rows: readonly Row[]
}

export interface Machine {
  /** Such as `v24.21.0`. */
  readonly node: string
  readonly cores: number
  readonly processor: string
}

/** A file of `test/bench/results`. */
export interface Result {
  readonly machine: Machine
  readonly benches: Readonly<Partial<Record<BenchName, Measured>>>
}

/** Name of the file of the newest base line, such as `2026-11-23.baseline.json`. */
export function newestBaseline(): string {
  const newest = globSync('*.baseline.json', { cwd: resultsFolder }).sort().at(-1)
  if (newest === undefined) throw new TypeError('there is no base line')
  return newest
}

export function readResult(file: string): Result {
  return JSON.parse(readFileSync(`${resultsFolder}${file}`, 'utf8'))
}

/**
 * The kept result with the benches that were measured in the place of those of before.
 *
 * @throws TypeError when figures of two machines would stand side by side.
 */
export function merged(kept: Result, measured: Result): Result {
  const benches: Partial<Record<BenchName, Measured>> = {}
  for (const name of benchNames) {
    const bench = measured.benches[name] ?? kept.benches[name]
    if (bench !== undefined) benches[name] = bench
  }
  const takenOver = benchNames.filter((name) => kept.benches[name] && !measured.benches[name])
  const same = (Object.keys(measured.machine) as (keyof Machine)[]).every(
    (key) => kept.machine[key] === measured.machine[key],
  )
  if (!same && takenOver.length > 0)
    throw new TypeError(`the base line is of another machine or Node: measure ${takenOver.join(', ')} here, too`)
  return { machine: measured.machine, benches }
}
