import { fromHeaders } from '@portreeve/envelope'
import type { Log, StoredRecord } from '@portreeve/log'
import { expect } from 'vitest'
import type { DroppedFile, TestBorough } from './borough.ts'
import { type HasLog, openLogOf } from './log-of.ts'
import { faultsOfRecord } from './record-schemas.ts'

const final = ['delivered', 'refused', 'parked', 'discarded']

/**
 * What must hold of every borough, whatever happened to it: every report of every file that was accepted and not refused
 * as a whole is in exactly one final state; the VOA has each delivered one exactly once, and no other; no message
 * stands in the log twice; whoever sent a report is told once that the VOA refused it; log and ledger agree; nothing
 * waits; every record that was published is as its schema says. Stops the broker.
 */
export async function proveBorough(borough: TestBorough): Promise<void> {
  if (!borough.runs) await borough.startBroker()
  await borough.settled()
  expect(await borough.operations.check(), 'what does not fit together').toEqual([])

  const files = distinct(borough.dropped)
  const refusedFiles = new Set(
    (await borough.search({ type: 'valuation.submission.refused' })).map(({ id }) => id.slice(0, 64)),
  )
  const ids = new Map<string, string>()
  for (const { digest, transactions } of files) {
    if (refusedFiles.has(digest)) continue
    for (const [index, transaction] of transactions.entries()) {
      ids.set(`${digest}-${String(index).padStart(8, '0')}`, transaction)
    }
  }
  const proposed = await borough.search({ type: 'valuation.report.proposed' })
  const refused = await borough.search({ type: 'valuation.report.refused' })
  const delivered = proposed.filter(({ state }) => state === 'delivered')
  const taken = await borough.takenReports()
  await borough.stopBroker()

  // What a receiver refused goes back as a notice, each once.
  const notices = proposed
    .filter(({ state }) => state === 'refused')
    .map(({ id }) => `${id}-refused-by-reports-to-voa.voa`)
  const expected = [...ids.keys(), ...notices].sort()
  const known = [...proposed, ...refused].map(({ id }) => id)
  expect(known.toSorted(), 'reports in the ledger').toEqual(expected)
  for (const { id, receivers } of proposed) {
    expect(
      receivers.map(({ receiver, state }) => [receiver, final.includes(state) || state]),
      id,
    ).toEqual([['reports-to-voa.voa', true]])
  }
  expect(taken.map(({ baTransaction }) => baTransaction).sort(), 'reports that the VOA has').toEqual(
    delivered.map(({ id }) => ids.get(id) ?? id).sort(),
  )
  const submissionOf = new Map(taken.map(({ baTransaction, submissionId }) => [baTransaction, submissionId]))
  for (const { id, receivers } of delivered) {
    expect(receivers[0]?.proof, `proof of ${id}`).toBe(submissionOf.get(ids.get(id) ?? ''))
  }
  const inLog = [
    ...(await idsIn(borough, 'valuation.report.proposed')),
    ...(await idsIn(borough, 'valuation.report.refused')),
  ]
  expect(inLog.sort(), 'reports in the log').toEqual(expected)
  const { faults, records } = await faultsOfRecords(borough)
  expect(faults, 'records that are not as their schemas say').toEqual([])
  if (borough.dropped.length > 0) expect(records, 'records in the log').toBeGreaterThan(0)
}

/** What of all that stands in the log is not as its schema says: the first 20. The broker must not run. */
export async function faultsOfRecords(
  borough: HasLog,
): Promise<{ readonly faults: readonly string[]; readonly records: number }> {
  await using log = await openLogOf(borough)
  const faults: string[] = []
  let records = 0
  for (const { name } of await log.topics()) {
    for (const record of await recordsOf(log, name)) {
      records++
      faults.push(...faultsOfRecord(record))
    }
  }
  return { faults: faults.slice(0, 20), records }
}

/** Ids of a topic's records, each as often as it stands there. The broker must not run. */
export async function idsIn(borough: TestBorough, topic: string): Promise<string[]> {
  return (await recordsIn(borough, topic)).map(({ headers }) => fromHeaders(headers).id)
}

export async function recordsIn(borough: HasLog, topic: string): Promise<readonly StoredRecord[]> {
  await using log = await openLogOf(borough)
  return await recordsOf(log, topic)
}

export async function recordsOf(log: Log, topic: string): Promise<readonly StoredRecord[]> {
  const records: StoredRecord[] = []
  for (const { partition, start, end } of await log.ranges(topic)) {
    for (let from = start; from < end; ) {
      const read = await log.read({ topic, partition, from })
      records.push(...read.records)
      from = read.next
    }
  }
  return records
}

function distinct(files: readonly DroppedFile[]): readonly DroppedFile[] {
  return [...new Map(files.map((file) => [file.digest, file])).values()]
}
