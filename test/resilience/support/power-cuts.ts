import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { SeededRandom } from '../../support/seeded-random.ts'
import { descriptorOf, readTrace, type SystemCall, type TraceStep } from './system-call.ts'
import { TracedDisk } from './traced-disk.ts'
import type { TracedRun } from './traced-run.ts'

const REPORTS = 3

export interface PowerCuts {
  /** The folder that the traced programs worked in; it was empty when the first of them began. */
  readonly path: string
  /** What the programs did there, in order. */
  readonly runs: readonly TracedRun[]
  readonly seed: number
  readonly cuts: number
  /** Leaves the first folder with which something is wrong for somebody to look at. */
  readonly keepsFirst: boolean
  /** Told of each report before the cut, in order. */
  readonly onReport: (line: string) => void
  /** Looks at what a cut has left in `folder`. Returns what is wrong; an empty list is good. */
  readonly examine: (folder: string) => Promise<readonly string[]>
}

/** Cuts the power at seeded places of what was traced, and says after which of the cuts something was wrong. */
export async function cutPower(options: PowerCuts): Promise<string[]> {
  const { path, runs, seed, cuts, onReport, examine } = options
  const steps = await Promise.all(runs.map(({ trace }) => Array.fromAsync(readTrace(trace))))
  const places = Map.groupBy(choosePlaces(steps.flat(), new SeededRandom(`${seed} places`), cuts), ({ place }) => place)
  const disk = new TracedDisk(path)
  const found: string[] = []
  let place = 0
  for (const [run, { left }] of runs.entries()) {
    for (const step of steps[run] ?? []) {
      disk.step(step)
      if (isReport(step)) for (const line of linesOf(step)) onReport(line)
      for (const { cut } of places.get(place++) ?? []) {
        const folder = await mkdtemp(join(tmpdir(), 'portreeve-cut-'))
        disk.cut(new SeededRandom(`${seed} cut ${cut}`), folder)
        const problems = await examine(folder)
        await rm(folder, { recursive: true, force: true })
        if (problems.length > 0 && found.length === 0 && options.keepsFirst) {
          // Looking at it has changed it: what is kept is made anew.
          const kept = await mkdtemp(join(tmpdir(), 'portreeve-kept-'))
          disk.cut(new SeededRandom(`${seed} cut ${cut}`), kept)
          found.push(`${kept} is what cut ${cut} has left, at step ${place - 1}`)
        }
        found.push(...problems.map((problem) => `cut ${cut} of seed ${seed}: ${problem}`))
      }
    }
    disk.programEnded(left)
  }
  return found
}

/** Most of them where they hurt: right after an acknowledgement, and about a flush. */
function choosePlaces(steps: readonly TraceStep[], random: SeededRandom, cuts: number) {
  const reports: number[] = []
  const flushes: number[] = []
  const changes: number[] = []
  for (const [place, step] of steps.entries()) {
    if (isReport(step)) reports.push(place)
    else if (/^f(data)?sync$/.test(step.call.name)) flushes.push(place)
    else if (/^(p?write|ftruncate|rename|unlink|mkdir)/.test(step.call.name)) changes.push(place)
  }
  return Array.from({ length: cuts }, (_, cut) => {
    const kind = random.next()
    if (kind < 0.4) return { cut, place: random.pick(reports) }
    if (kind < 0.7) return { cut, place: random.pick(flushes) + random.integer(-3, 3) }
    return { cut, place: random.pick(changes) }
  })
}

/** How often a file was flushed between the first report of a run and its last. */
export async function flushesAmongReports({ trace }: TracedRun, file: string): Promise<number> {
  let flushes = 0
  let before = 0
  let hasReports = false
  for await (const step of readTrace(trace)) {
    if (isReport(step)) {
      if (hasReports) flushes += before
      before = 0
      hasReports = true
    } else if (step.what === 'ends' && /^f(data)?sync$/.test(step.call.name) && isAbout(step.call, file)) before++
  }
  return flushes
}

function isAbout({ args }: SystemCall, file: string): boolean {
  const path = /^\d+<([^>]*)>/.exec(args)?.[1] ?? ''
  return basename(Buffer.from(path.replaceAll('\\x', ''), 'hex').toString()) === file
}

function isReport({ what, call }: TraceStep): boolean {
  return what === 'begins' && call.name === 'write' && descriptorOf(call) === REPORTS
}

function linesOf({ call }: TraceStep): string[] {
  return Buffer.concat(call.texts).toString().trimEnd().split('\n')
}
