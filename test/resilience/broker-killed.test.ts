import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Behaviour } from '@portreeve/adapter-valuebill/fake-system'
import { fromHeaders } from '@portreeve/envelope'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ReportingChild } from '../support/child-process.ts'
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts'
import { TestBorough } from '../system/support/borough.ts'
import { proveBorough, recordsIn } from '../system/support/prove-borough.ts'
import { reportFile, type TestReport } from '../system/support/report-file.ts'
import type { BrokerProcess } from './support/broker-process.ts'
import { progress, scale } from './support/scale.ts'

const seed = seedOfRun()
const rounds = scale(5, 100)
const programFile = fileURLToPath(new URL('./support/broker-process.ts', import.meta.url))
/** Longer than a round's work takes: a broker that has nothing left to do is killed too. */
const ROUND_MS = 4000
let borough: TestBorough

beforeEach(async () => {
  // Larger than what a chunk of a file gives a partition: after a restart the same reports would make another batch.
  // Some reports are refused by the VOA on business grounds: then the batch that they are in is refused as a whole.
  const refuse = Object.fromEntries(['77', '177', '377'].map((number) => [number, '1006']))
  borough = await TestBorough.start({ startBroker: false, maxMessages: 300, voa: { refuse } })
  await borough.configuration()
})
afterEach(() => borough.remove())

/** A house of few, so that many reports have the same key; some cannot be sent. */
function someReport(random: SeededRandom): TestReport {
  const uprn = `9999000000${random.integer(10, 60)}`
  return random.chance(0.02) ? { uprn, postcode: 'NONSENSE' } : { uprn }
}

/** Now and then a file of several chunks, so that the kill comes in the middle of its splitting. */
function howMany(round: number, random: SeededRandom): number {
  return round === 1 || random.chance(0.25) ? random.integer(1200, 2500) : random.integer(100, 400)
}

/** The VOA has its bad moments, too; when it answers late, the kill comes while a batch is taken, but not yet answered. */
function misbehave(random: SeededRandom): void {
  const well = { kind: 'well', requests: random.integer(0, 4) } as const
  const cut = { kind: 'cut', requests: 1 } as const
  const moods: readonly (readonly Behaviour[])[] = [
    [],
    [{ kind: 'late', seconds: 0.2, requests: 20 }],
    [well, { kind: 'half-body', requests: 1 }],
    [well, cut, { kind: 'status', status: 500, requests: 1 }],
  ]
  borough.voa.setBehaviour(...random.pick(moods))
}

/** The kill comes shortly after something that the broker has told, whatever it is at by then. */
async function liveAndBeKilled(random: SeededRandom): Promise<string> {
  const after = random.pick(['opening', 'open', 'accepted', 'progress', 'split', 'delivered', 'delivered'])
  const times = after === 'progress' || after === 'delivered' ? random.integer(1, 8) : 1
  const delayMs = random.integer(0, after === 'opening' ? 900 : 60)
  const options: BrokerProcess = { folder: join(borough.folder, 'config'), password: borough.settings.password }
  let heard = 0
  let last = 'nothing'
  const child = new ReportingChild({
    command: [process.execPath, programFile, JSON.stringify(options)],
    onLine: (line) => {
      last = line.split(' ')[0] ?? ''
      if (last === after && ++heard === times) void sleep(delayMs).then(() => child.killNow())
      if (last === 'open') void sleep(ROUND_MS, undefined, { ref: false }).then(() => child.killNow())
    },
  })
  const { signal, stderr } = await child.ended()
  expect({ signal, stderr }, `seed ${seed}`).toMatchObject({ signal: 'SIGKILL' })
  return last
}

/** What the VOA has of each house, in the order in which it came, and what the log has of it. */
async function ordersOfHouses(): Promise<{ taken: Map<string, string[]>; logged: Map<string, string[]> }> {
  const taken = new Map<string, string[]>()
  for (const { uprn, baTransaction } of await borough.takenReports()) {
    taken.set(uprn.join(), [...(taken.get(uprn.join()) ?? []), baTransaction])
  }
  const transactions = new Map<string, string>()
  for (const { digest, transactions: inFile } of borough.dropped) {
    for (const [i, transaction] of inFile.entries()) {
      transactions.set(`${digest}-${String(i).padStart(8, '0')}`, transaction)
    }
  }
  const arrived = new Set([...taken.values()].flat())
  const logged = new Map<string, string[]>()
  for (const { headers } of await recordsIn(borough, 'valuation.report.proposed')) {
    const { id, uprn = '' } = fromHeaders(headers)
    const transaction = transactions.get(id) ?? id
    if (arrived.has(transaction)) logged.set(uprn, [...(logged.get(uprn) ?? []), transaction])
  }
  return { taken, logged }
}

describe('a broker that is killed at random moments', () => {
  it('brings every report of every file to exactly one end, each to the VOA once and in order', {
    timeout: scale(120_000, 3_600_000),
  }, async () => {
    const random = new SeededRandom(`${seed} broker`)
    const counts = new Map<string, number>()
    for (let round = 1; round <= rounds; round++) {
      const reports = Array.from({ length: howMany(round, random) }, () => someReport(random))
      await borough.drop(`round-${round}.xml`, reportFile({ reports }))
      misbehave(random)
      const last = await liveAndBeKilled(random)
      counts.set(last, (counts.get(last) ?? 0) + 1)
      progress(`killed ${round} of ${rounds} after "${last}": the VOA has ${borough.voa.reports().length} reports`)
    }
    borough.voa.setBehaviour()
    await borough.startBroker()
    await borough.settled(scale(60_000, 300_000))
    await proveBorough(borough)

    const { taken, logged } = await ordersOfHouses()
    expect(taken.size, 'houses').toBeGreaterThan(20)
    for (const [uprn, transactions] of taken) expect(transactions, `order of ${uprn}`).toEqual(logged.get(uprn))
    const moments = [...counts].map(([last, times]) => `${times} after "${last}"`).join(', ')
    console.log(`seed ${seed}: killed ${moments}; the VOA has ${[...taken.values()].flat().length} reports`)
  })
})
