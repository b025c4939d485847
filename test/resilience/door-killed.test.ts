import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { fromHeaders } from '@portreeve/envelope'
import { newApiKey } from '@portreeve/gateway'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ReportingChild } from '../support/child-process.ts'
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts'
import { testLog } from '../support/test-log.ts'
import { addressChange } from '../system/support/address-change.ts'
import { openLogOf } from '../system/support/log-of.ts'
import { doorConfiguration } from '../system/support/open-door.ts'
import { progress, scale } from './support/scale.ts'

const programFile = fileURLToPath(new URL('./support/door-process.ts', import.meta.url))
const seed = seedOfRun()
const rounds = scale(3, 60)
const senders = 64
const { key, hash } = newApiKey()
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-door-killed-'))
  await doorConfiguration(folder, { apiKeys: [{ name: 'forms', hash }] })
})
afterEach(() => rm(folder, { recursive: true }))

/** Brings a transaction; resolves with the whole answer, or with `null` when nobody knows what became of it. */
async function bring(baseUrl: string, idempotencyKey: string): Promise<string | null> {
  try {
    const response = await fetch(`${baseUrl}/transactions/address-change`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
      },
      body: JSON.stringify({ ...addressChange, person: { ...addressChange.person, personTitle: idempotencyKey } }),
    })
    const answer = new URL(((await response.json()) as { statusAddress: string }).statusAddress).pathname
    expect(response.status, `seed ${seed}`).toBe(202)
    return answer
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** A door lives until it is killed, while many bring transactions, old ones again among them. */
async function liveAndBeKilled(known: Map<string, string | null>, round: number, random: SeededRandom): Promise<void> {
  const address = Promise.withResolvers<string>()
  const child = new ReportingChild({
    command: [process.execPath, programFile, join(folder, 'config')],
    onLine: (line) => address.resolve(line),
  })
  const baseUrl = await Promise.race([
    address.promise,
    child.ended().then(({ stderr }) => Promise.reject(new Error(stderr))),
  ])
  let isDead = false
  const sender = async (number: number) => {
    for (let count = 0; !isDead; count += 1) {
      const old = count % 3 === 2 ? random.pick([...known.keys()]) : undefined
      const idempotencyKey = old ?? `${round}-${number}-${count}`
      const before = known.get(idempotencyKey)
      const answer = await bring(baseUrl, idempotencyKey)
      if (answer !== null && typeof before === 'string') expect(answer, `seed ${seed}`).toBe(before)
      known.set(idempotencyKey, answer ?? before ?? null)
    }
  }
  const all = Promise.all(Array.from({ length: senders }, (_, number) => sender(number)))
  await Promise.race([sleep(random.integer(100, 1500)), all])
  child.killNow()
  await child.ended()
  isDead = true
  await all
}

it('has on its log, once and under the reference that was given, everything that it accepted before it was killed', {
  timeout: scale(120_000, 1_800_000),
}, async () => {
  const random = new SeededRandom(`${seed} door`)
  const known = new Map<string, string | null>()
  for (let round = 1; round <= rounds; round += 1) {
    await liveAndBeKilled(known, round, random)
    progress(`killed ${round} of ${rounds}: ${known.size} brought`)
  }
  await using log = await openLogOf({ dataFolder: join(folder, 'data'), log: testLog(folder) })
  const references = new Map<string, string[]>()
  for (let from = 0; ; ) {
    const { records, next } = await log.read({ topic: 'customer.address.changed', partition: 0, from })
    for (const { headers, value } of records) {
      const { person } = JSON.parse(Buffer.from(value ?? []).toString()) as { person: { personTitle: string } }
      references.set(person.personTitle, [
        ...(references.get(person.personTitle) ?? []),
        fromHeaders(headers).reference,
      ])
    }
    if (next === from) break
    from = next
  }
  const accepted = [...known].flatMap(([idempotencyKey, answer]) =>
    answer === null ? [] : [{ idempotencyKey, answer }],
  )
  expect(accepted.length).toBeGreaterThan(100)
  for (const { idempotencyKey, answer } of accepted) {
    const [reference = '', ...more] = references.get(idempotencyKey) ?? []
    expect(more, `seed ${seed}: ${idempotencyKey}`).toEqual([])
    expect(answer, `seed ${seed}: ${idempotencyKey}`).toMatch(new RegExp(`/transactions/${reference}\\.`))
    expect(reference).not.toBe('')
  }
  for (const [idempotencyKey, given] of references) expect(given, `seed ${seed}: ${idempotencyKey}`).toHaveLength(1)
  console.log(`seed ${seed}: ${accepted.length} accepted, ${known.size - accepted.length} of which nobody knew`)
})
