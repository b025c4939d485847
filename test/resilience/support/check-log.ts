import type { Log, StoredRecord } from '@portreeve/log'
import type { Report } from './report.ts'
import { readTopic } from './stored-log.ts'
import { batchOf, COPY, COPY_GROUP, nameOf, nameText, PASSING, SOURCE, textOf } from './workload-record.ts'

/** Holds a log against what its workload was promised. Returns what is wrong; an empty list is good. */
export async function checkLog(log: Log, report: Report, largeIn: number): Promise<string[]> {
  const problems = [...report.violations]
  const source = await readTopic(log, SOURCE, largeIn, problems)
  const copies = await readTopic(log, COPY, largeIn, problems)
  const passing = await readTopic(log, PASSING, largeIn, problems)
  checkAcknowledged(source, report, problems)
  checkOrder(source, problems)
  checkBatches(source, problems)
  checkHandedOut(source, report, problems)
  await checkPositions(log, report, problems)
  await checkCopies(log, source, copies, problems)
  await checkPassing(log, passing, report, problems)
  return problems
}

function checkAcknowledged(source: readonly StoredRecord[], report: Report, problems: string[]): void {
  const places = new Map<string, StoredRecord>()
  for (const record of source) {
    const name = textOf(record, 'name')
    if (places.has(name)) problems.push(`${name} stands in the log twice`)
    places.set(name, record)
  }
  for (const [name, promised] of report.acknowledged) {
    if (promised.topic !== SOURCE) continue
    const found = places.get(name)
    const isThere = found?.partition === promised.partition && found.offset === promised.offset
    if (found === undefined) problems.push(`${name} was acknowledged and is lost`)
    else if (!isThere && !Number.isNaN(promised.offset)) problems.push(`${name} stands elsewhere than was said`)
  }
}

/** Runs one after the other, and in each run the numbers of a key from 1 without a gap. */
function checkOrder(records: readonly StoredRecord[], problems: string[]): void {
  const last = new Map<string, { run: number; number: number }>()
  for (const record of records) {
    const { key, run, number } = nameOf(record)
    const before = last.get(key)
    const expected = before?.run === run ? before.number + 1 : 1
    if (number !== expected || run < (before?.run ?? 0)) {
      problems.push(`${nameText({ key, run, number })} follows ${before?.run ?? '-'}.${before?.number ?? '-'}`)
    }
    last.set(key, { run, number })
  }
}

function checkBatches(records: readonly StoredRecord[], problems: string[]): void {
  for (const [id, members] of Map.groupBy(records, (record) => batchOf(record).id)) {
    const size = members[0] === undefined ? 0 : batchOf(members[0]).size
    if (members.length !== size) problems.push(`batch ${id} of ${size} has ${members.length} records`)
  }
}

/** What a group is given next begins where its last write set left it: never earlier, and nothing left out. */
function checkHandedOut(source: readonly StoredRecord[], report: Report, problems: string[]): void {
  const offsets = Map.groupBy(source, ({ partition }) => partition)
  const shares = Map.groupBy(report.handedOut, ({ group, partition }) => `${group}/${partition}`)
  for (const [share, batches] of shares) {
    const all = offsets.get(batches[0]?.partition ?? -1) ?? []
    let finished = 0
    let given = -1
    let next = 0
    for (const { first, last } of batches) {
      while ((all[next]?.offset ?? Infinity) <= given) next++
      const following = all[next]?.offset ?? Infinity
      if (first < finished) problems.push(`${share} went back from ${finished} to ${first}`)
      if (first > following) problems.push(`${share} skipped from ${given} to ${first}`)
      finished = Math.max(finished, first)
      given = Math.max(given, last)
    }
  }
}

async function checkPositions(log: Log, report: Report, problems: string[]): Promise<void> {
  for (const [group, batches] of Map.groupBy(report.handedOut, ({ group }) => group)) {
    const positions = await log.positions(group)
    for (const { partition, first } of batches) {
      const offset = positions.find((position) => position.partition === partition)?.offset ?? -1
      if (offset < first)
        problems.push(`${group}/${partition} stands at ${offset}, but had finished all before ${first}`)
    }
  }
}

/** The copies are exactly what stands before the group's positions: each once, in the same order per key. */
async function checkCopies(
  log: Log,
  source: readonly StoredRecord[],
  copies: readonly StoredRecord[],
  problems: string[],
): Promise<void> {
  const positions = await log.positions(COPY_GROUP)
  const before = (record: StoredRecord) =>
    record.offset < (positions.find(({ partition }) => partition === record.partition)?.offset ?? 0)
  const expected = byKey(source.filter(before))
  const found = byKey(copies)
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    const [wanted = [], had = []] = [expected.get(key), found.get(key)]
    if (wanted.join() === had.join()) continue
    const at = wanted.findIndex((name, i) => name !== had[i])
    problems.push(`copies of ${key}: ${had.length} for ${wanted.length}; ${had[at] ?? 'nothing'} for ${wanted[at]}`)
  }
}

function byKey(records: readonly StoredRecord[]): Map<string, string[]> {
  const groups = Map.groupBy(records, (record) => nameOf(record).key)
  return new Map([...groups].map(([key, members]) => [key, members.map((record) => textOf(record, 'name'))]))
}

/** Retention takes from the front only: what is left ends behind the last that was acknowledged. */
async function checkPassing(
  log: Log,
  records: readonly StoredRecord[],
  report: Report,
  problems: string[],
): Promise<void> {
  const ranges = await log.ranges(PASSING)
  const ends = new Map(ranges.map(({ partition, end }) => [partition, end]))
  for (const [name, { topic, partition, offset }] of report.acknowledged) {
    if (topic === PASSING && offset >= (ends.get(partition) ?? 0)) problems.push(`${name} was acknowledged and is lost`)
  }
  for (const { partition, start, end } of ranges) {
    const left = records.filter((record) => record.partition === partition).length
    if (left !== end - start && log.capabilities.denseOffsets) {
      problems.push(`${PASSING}/${partition} has ${left} records from ${start} to ${end}`)
    }
  }
}
