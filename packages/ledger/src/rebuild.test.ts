import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LedgerRecord, openLedger, pairStates } from './index.ts'
import { ledgerContent } from './testing/ledger-content.ts'
import { delivery, events, message, reportTopic, submissionTopic, voa } from './testing/sample-records.ts'

const receiversOf = (type: string) =>
  type === reportTopic ? [voa, 'outgoing.crm'] : type === submissionTopic ? ['answers'] : []

interface Partition {
  readonly topic: string
  readonly partition: number
  /** Offsets rise, with gaps. */
  readonly records: readonly LedgerRecord[]
}

const ids = Array.from({ length: 12 }, (_, index) => `m${index}`)

/** The last two ids are never in the log: their outcomes stay early. */
const inLog = ids.slice(0, 10)

const outcome = fc.record({
  messageId: fc.constantFrom(...ids),
  state: fc.constantFrom(...pairStates),
  receiver: fc.constantFrom(voa, 'outgoing.crm', 'not.configured'),
})

const log: fc.Arbitrary<Partition[]> = fc.array(outcome, { maxLength: 40 }).map((outcomes) => [
  partition(submissionTopic, 0, inLog.slice(0, 3)),
  partition(reportTopic, 0, [...inLog.slice(3, 7), 'm3']),
  partition(reportTopic, 1, inLog.slice(7)),
  {
    topic: events,
    partition: 0,
    records: outcomes.map(({ messageId, state, receiver }, index) =>
      delivery(index * 2, { [messageId]: { state, code: `C${index}` } }, { receiver, minute: index }),
    ),
  },
])

function partition(topic: string, number: number, messageIds: readonly string[]): Partition {
  const body = { fileName: 'f.xml', digest: 'd'.repeat(64) }
  const records = messageIds.map((id, index) =>
    message(index * 3, id, { type: topic, reference: `R-${id}-${index}` }, body),
  )
  return { topic, partition: number, records }
}

const step = fc.record({
  /** Which partition goes on. */
  which: fc.nat({ max: 3 }),
  take: fc.integer({ min: 1, max: 6 }),
  /** Records handed in once more before the new ones. */
  again: fc.nat({ max: 4 }),
  restart: fc.nat({ max: 9 }).map((n) => n === 0),
})

describe('a ledger made anew', () => {
  it('holds the same, in whatever order partitions are read, with records repeated and restarts between', () => {
    fc.assert(
      fc.property(log, fc.array(step, { maxLength: 60 }), (partitions, steps) => {
        const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
        try {
          const one = join(folder, 'one.db')
          readInTurn(one, partitions)
          const other = join(folder, 'other.db')
          readInSteps(other, partitions, steps)
          expect(ledgerContent(other)).toEqual(ledgerContent(one))
        } finally {
          rmSync(folder, { recursive: true })
        }
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})

/** A topic after the other, each partition in one call. */
function readInTurn(path: string, partitions: readonly Partition[]): void {
  using ledger = openLedger({ path, receiversOf })
  for (const { topic, partition, records } of partitions) ledger.apply(topic, partition, records, endOf(records))
}

function readInSteps(
  path: string,
  partitions: readonly Partition[],
  steps: readonly { which: number; take: number; again: number; restart: boolean }[],
): void {
  const done = partitions.map(() => 0)
  let ledger = openLedger({ path, receiversOf })
  const goOn = (which: number, take: number, again: number) => {
    const chosen = partitions[which]
    const from = done[which] ?? 0
    if (chosen === undefined) return
    const upTo = chosen.records.slice(0, from + take)
    const batch = upTo.slice(Math.max(0, from - again))
    const next = upTo.length === chosen.records.length ? endOf(chosen.records) : (upTo.at(-1)?.offset ?? 0) + 1
    ledger.apply(chosen.topic, chosen.partition, batch, next)
    done[which] = upTo.length
  }
  for (const { which, take, again, restart } of steps) {
    goOn(which, take, again)
    if (!restart) continue
    ledger.close()
    ledger = openLedger({ path, receiversOf })
  }
  for (const which of partitions.keys()) goOn(which, 1000, 1000)
  const problems = ledger
    .checkInvariants()
    .filter(({ kind }) => kind !== 'oddities' && kind !== 'outcome-without-message')
  ledger.close()
  expect(problems).toEqual([])
}

function endOf(records: readonly LedgerRecord[]): number {
  return (records.at(-1)?.offset ?? 0) + 5
}
