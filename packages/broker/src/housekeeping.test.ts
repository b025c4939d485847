import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openClaimCheck } from '@portreeve/claim-check'
import { openLedger } from '@portreeve/ledger'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepHouse } from './housekeeping.ts'
import type { Receiver } from './receivers.ts'
import { memoryStores } from './testing/memory-stores.ts'

const topic = 'valuation.report.proposed'
const year = 365 * 24 * 60 * 60 * 1000
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'housekeeping-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Ten old records of a topic that keeps nothing; the receiver and the ledger have read eight of them. */
async function house() {
  const stores = await memoryStores()
  const { log } = stores
  await log.createTopic({ name: topic, retentionMs: 1 })
  await log.append(Array.from({ length: 10 }, () => ({ topic, key: null, value: new Uint8Array(10), headers: [] })))
  await log.seek('r.voa', { topic, partition: 0, offset: 8 })
  const ledger = openLedger({ path: ':memory:', receiversOf: () => [] })
  ledger.apply(topic, 0, [], 8)
  const claims = await openClaimCheck({ folder })
  const receiver = { name: 'r.voa' } as Receiver
  const routes = [
    { kind: 'split' as const, name: 'split', from: [topic], split: 'voa', place: { file: '', line: 1, column: 1 } },
  ]
  await log.seek('split', { topic, partition: 0, offset: 8 })
  const start = async () => (await log.ranges(topic))[0]?.start
  const keep = (now = new Date(Date.now() + 1000)) =>
    keepHouse({
      ...stores,
      ledger,
      claims,
      receivers: [receiver],
      configuration: { routes, processes: [] } as never,
      now: () => now,
    })
  return { ...stores, ledger, claims, start, keep }
}

it('lets go what everybody has read, and nothing more', async () => {
  await using parts = await house()
  await new Promise((resolve) => setTimeout(resolve, 20))
  await parts.keep()
  expect(await parts.start()).toBe(8)
})

it('keeps the record of a dead letter, however old', async () => {
  await using parts = await house()
  const place = { topic, partition: 0, offset: 3 }
  const failure = { code: 'X', reason: 'x' }
  await parts.state.parked.park('r.voa', [
    { key: 'k', messageId: 'm', reference: 'r', place, failure, since: new Date() },
  ])
  await new Promise((resolve) => setTimeout(resolve, 20))
  await parts.keep()
  expect(await parts.start()).toBe(3)
})

it('keeps what the ledger has not read', async () => {
  await using parts = await house()
  const behind = openLedger({ path: ':memory:', receiversOf: () => [] })
  behind.apply(topic, 0, [], 5)
  await new Promise((resolve) => setTimeout(resolve, 20))
  await keepHouse({
    ...parts,
    ledger: behind,
    receivers: [{ name: 'r.voa' } as Receiver],
    configuration: { routes: [], processes: [] } as never,
  })
  expect(await parts.start()).toBe(5)
})

it('gives up old files only when no splitter has any left to read', async () => {
  await using parts = await house()
  const { digest } = await parts.claims.put(
    (async function* () {
      yield new Uint8Array([1])
    })(),
  )
  const later = new Date(Date.now() + year)
  await parts.keep(later)
  expect(await parts.claims.has(digest)).toBe(true)
  await parts.log.seek('split', { topic, partition: 0, offset: 10 })
  await parts.keep(later)
  expect(await parts.claims.has(digest)).toBe(false)
})
