import type { ReadRecord } from './kafka-readers.ts'

export interface RelayFindings {
  /** Names that a producer was told are on disk. */
  readonly acknowledged: readonly string[]
  /** Names that the last worker was handed, maybe more than once. `null`: there was no such worker. */
  readonly consumed: readonly string[] | null
  /** What a read-committed reader finds, in the order of the partitions. */
  readonly source: readonly ReadRecord[]
  readonly copies: readonly ReadRecord[]
}

/** What is wrong; an empty list is good. */
export function problemsOf({ acknowledged, consumed, source, copies }: RelayFindings): string[] {
  const problems: string[] = []
  const written = new Set(source.map(({ name }) => name))
  const copied = new Set(copies.map(({ name }) => name))
  for (const name of acknowledged) if (!written.has(name)) problems.push(`${name} was acknowledged and is lost`)
  checkTwice(source, 'in the source', problems)
  checkTwice(copies, 'among the copies', problems)
  checkNumbers(source, problems)
  checkCopies(source, copies, problems)
  if (consumed === null) return problems
  const handed = new Set(consumed)
  for (const name of acknowledged) if (!handed.has(name)) problems.push(`${name} was acknowledged and never handed out`)
  for (const name of handed) if (!copied.has(name)) problems.push(`${name} was handed out and is not committed`)
  return problems
}

function checkTwice(records: readonly ReadRecord[], where: string, problems: string[]): void {
  for (const [name, { length }] of Map.groupBy(records, (record) => record.name)) {
    if (length > 1) problems.push(`${name} stands ${length} times ${where}`)
  }
}

/** Of each key in one partition: runs one after the other, and in each run the numbers from 1 without a gap. */
function checkNumbers(source: readonly ReadRecord[], problems: string[]): void {
  const last = new Map<string, { partition: number; run: number; number: number }>()
  for (const { key, name, partition } of source) {
    const [run = 0, number = 0] = name.split('.').slice(1).map(Number)
    const before = last.get(key)
    if (before && before.partition !== partition) problems.push(`${name} stands in another partition than its key`)
    const isNext = before?.run === run ? number === before.number + 1 : number === 1 && run > (before?.run ?? 0)
    if (!isNext) problems.push(`${name} follows ${before?.run ?? '-'}.${before?.number ?? '-'}`)
    last.set(key, { partition, run, number })
  }
}

/** Each key's copies are what stands in the source, each once, in the same order. */
function checkCopies(source: readonly ReadRecord[], copies: readonly ReadRecord[], problems: string[]): void {
  const [expected, found] = [byKey(source), byKey(copies)]
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    const [wanted = [], had = []] = [expected.get(key), found.get(key)]
    if (wanted.join() === had.join()) continue
    const at = Array.from({ length: Math.max(wanted.length, had.length) }).findIndex((_, i) => wanted[i] !== had[i])
    problems.push(`copies of ${key}: ${had.length} for ${wanted.length}; ${had[at] ?? 'none'} for ${wanted[at]}`)
  }
}

function byKey(records: readonly ReadRecord[]): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(records, ({ key }) => key)
  return new Map([...groups].map(([key, members]) => [key, members.map(({ name }) => name)]))
}
