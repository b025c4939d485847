import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LedgerRecord, openLedger } from '@portreeve/ledger'
import type { Row } from './row.ts'

const files = 20
const reportsPerFile = 5000
const batchSize = 500
const topic = 'valuation.report.proposed'
const events = 'portreeve.delivery.recorded'
const body = Buffer.alloc(4900, 'x')

/** Reports as the splitter makes them, with bodies of 4.9 KB, one receiver; then what became of each, in batches. */
export async function benchLedger(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-ledger-'))
  const path = join(folder, 'ledger.db')
  try {
    using ledger = openLedger({ path, receiversOf: (type) => (type === topic ? ['outgoing.voa'] : []) })
    const total = files * reportsPerFile
    const applied = timed(() => inBatches(total, (from) => ledger.apply(topic, 0, reports(from), from + batchSize)))
    const delivered = timed(() =>
      inBatches(total, (from) => ledger.apply(events, 0, [delivery(from)], from / batchSize + 1)),
    )
    const found = timed(() => {
      for (let n = 0; n < 1000; n++) ledger.search({ reference: referenceOf((n * 7919) % total) })
    })
    const { size } = await stat(path)
    const problems = ledger.checkInvariants()
    if (problems.length > 0) throw new TypeError(JSON.stringify(problems))
    const note = `${total} messages in batches of ${batchSize}`
    return [
      { name: 'ledger: messages applied', value: Math.round(total / applied), unit: 'messages/s', note },
      { name: 'ledger: outcomes applied', value: Math.round(total / delivered), unit: 'outcomes/s', note },
      { name: 'ledger: found by reference', value: Math.round((found / 1000) * 1e6), unit: 'µs' },
      { name: 'ledger: size', value: Math.round(size / total), unit: 'bytes/message' },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

function inBatches(total: number, work: (from: number) => void): void {
  for (let from = 0; from < total; from += batchSize) work(from)
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}

const digestOf = (n: number) => String(Math.floor(n / reportsPerFile)).padStart(64, 'a')
const idOf = (n: number) => `${digestOf(n)}-${String(n % reportsPerFile).padStart(8, '0')}`
const referenceOf = (n: number) => `PR${String(n).padStart(8, '0')}`

function reports(from: number): LedgerRecord[] {
  return Array.from({ length: batchSize }, (_, index) => {
    const n = from + index
    return {
      offset: n,
      body,
      envelope: {
        id: idOf(n),
        source: '/x99999999/valuebill',
        type: topic,
        time: '2026-03-01T09:30:00.000Z',
        dataContentType: 'application/json',
        reference: referenceOf(n),
        correlationId: digestOf(n),
        causationId: digestOf(n),
        authority: 'X99999999',
        channel: 'file',
        // Spread as real ones are: a file is not sorted by UPRN.
        uprn: String(100_000_000_000 + ((n * 48_271) % 2_147_483_647)),
      },
    }
  })
}

function delivery(from: number): LedgerRecord {
  const outcomes = Array.from({ length: batchSize }, (_, index) => ({
    messageId: idOf(from + index),
    state: 'delivered',
    proof: `VOA-${from + index}`,
  }))
  const event = { receiver: 'outgoing.voa', route: 'outgoing', batchId: digestOf(from), at: '2026-03-01T09:31:00.000Z' }
  const [first] = reports(from)
  if (first === undefined) throw new TypeError('an empty batch')
  return {
    offset: from / batchSize,
    body: Buffer.from(JSON.stringify({ ...event, outcomes })),
    envelope: { ...first.envelope, id: `event-${from}`, type: events },
  }
}
