import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { adapters, conditionProblems, openBroker } from '@portreeve/broker'
import { requireConfiguration } from '@portreeve/configuration'
import { parseRequestId } from '@portreeve/core'
import { startGateway } from '@portreeve/gateway'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ReportingChild } from '../support/child-process.ts'
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts'
import { isOnKafka } from '../support/test-log.ts'
import { changeOf, inhabitants } from '../system/support/tell-us-once-people.ts'
import { progress, scale } from './support/scale.ts'
import { type Offices, startOffices } from './support/tell-us-once-offices.ts'

const seed = seedOfRun()
/** On Kafka whoever was killed is missed for ten seconds, and the next one waits for that. */
const rounds = isOnKafka ? scale(6, 30) : 30
const transactionsOfRound = scale(8, 70)
const citizensAtOnce = 32
const programFile = fileURLToPath(new URL('./support/tell-us-once-process.ts', import.meta.url))

let offices: Offices
beforeEach(async () => {
  offices = await startOffices()
})
afterEach(() => offices[Symbol.asyncDispose]())

interface Told {
  readonly key: string
  readonly body: string
  /** Set once the door has acknowledged it. */
  reference: string | null
}

/** Brings what has not been acknowledged, again and again under the same key, as a careful web form does. */
async function bring(told: Told, baseUrl: string): Promise<void> {
  try {
    const response = await fetch(`${baseUrl}/transactions/address-change`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': told.key },
      body: told.body,
    })
    const { reference }: { reference?: string } = JSON.parse(await response.text())
    if (response.status !== 202 || reference === undefined) return
    if (told.reference !== null) expect(reference, 'the first answer again').toBe(told.reference)
    told.reference = reference
  } catch {
    // It was killed: whether it has the transaction, only asking again tells.
  }
}

/** Many side by side, until all have tried once. */
async function bringAll(all: readonly Told[], baseUrl: string): Promise<void> {
  const waiting = all.values()
  const citizen = async () => {
    for (const told of waiting) await bring(told, baseUrl)
  }
  await Promise.all(Array.from({ length: citizensAtOnce }, citizen))
}

const unacknowledged = ({ reference }: Told) => reference === null

/** The kill comes shortly after something that the broker has told, whatever it is at by then. */
async function liveAndBeKilled(all: readonly Told[], random: SeededRandom): Promise<string> {
  const after = random.pick(['opening', 'open', 'accepted', 'accepted', 'delivered', 'delivered', 'delivered'])
  const times =
    after === 'delivered' || after === 'accepted' ? random.integer(1, scale(20, 2 * transactionsOfRound)) : 1
  const delayMs = random.integer(0, after === 'opening' ? 900 : 80)
  let heard = 0
  let last = 'nothing'
  let isOver = false
  const child = new ReportingChild({
    command: [process.execPath, programFile, offices.config],
    onLine: (line) => {
      const [word = '', where = ''] = line.split(' ')
      last = word
      if (word === after && ++heard === times) void sleep(delayMs).then(() => child.killNow())
      if (word !== 'open') return
      void sleep(scale(3000, 10_000), undefined, { ref: false }).then(() => child.killNow())
      // Some bring again what was acknowledged.
      void bringAll([...all.filter(unacknowledged), ...all.slice(0, 2)], where)
    },
  })
  const working = (async () => {
    while (!isOver) {
      await offices.work()
      await sleep(50)
    }
  })()
  const { signal, stderr } = await child.ended()
  isOver = true
  await working
  expect({ signal, stderr }, `seed ${seed}`).toMatchObject({ signal: 'SIGKILL' })
  return last
}

describe('a broker that is killed while citizens tell it things', () => {
  it('ends every acknowledged transaction in a state that is true of every back office, and none twice', {
    timeout: scale(300_000, 1_800_000),
  }, async () => {
    const random = new SeededRandom(`${seed} tell us once`)
    const all: Told[] = []
    const counts = new Map<string, number>()
    for (let round = 1; round <= rounds; round += 1) {
      for (let index = 0; index < transactionsOfRound; index += 1) {
        const change = changeOf(random.pick(inhabitants), all.length + 1, { emailAddress: 'somebody@example.org' })
        all.push({ key: `k-${all.length}`, body: JSON.stringify(change), reference: null })
      }
      const last = await liveAndBeKilled(all, random)
      counts.set(last, (counts.get(last) ?? 0) + 1)
      const open = all.filter(unacknowledged).length
      progress(`killed ${round} of ${rounds} after "${last}": ${all.length - open} of ${all.length} acknowledged`)
    }

    const options = { folder: offices.config, declarations: adapters, conditionProblems, environment: {} }
    const configuration = await requireConfiguration(options)
    const broker = await openBroker({ configuration, retry: { baseDelayMs: 50, maxDelayMs: 200 } })
    const { operations } = broker
    await using gateway = await startGateway(broker, configuration)
    await bringAll(all.filter(unacknowledged), gateway.baseUrl)
    expect(all.filter(unacknowledged)).toEqual([])
    const acknowledged = all.flatMap(({ reference }) => reference ?? [])
    for (let open = true; open; await sleep(100)) {
      await offices.work()
      const { processes, receivers } = await operations.status()
      open = processes.some((each) => each.open > 0) || receivers.some(({ lag }) => lag > 0)
      const held = await operations.transactions({})
      expect(held.transactions, `seed ${seed}`).toEqual([])
    }
    expect(new Set(acknowledged).size).toBe(acknowledged.length)
    for (const reference of acknowledged) {
      const transaction = await operations.transaction({ reference })
      const states = transaction?.systems.map(({ system, state }) => `${system} ${state}`)
      expect(states, reference).toEqual(['crm confirmed', 'council-tax confirmed', 'electoral confirmed'])
    }

    const inCrm = offices.crm.cases().map(({ externalReference }) => externalReference)
    const inCouncilTax = (await offices.councilTax.changes()).map(({ externalReference }) => externalReference)
    const inElectoral = [...offices.electoral.record].flatMap(([line, times]) =>
      Array<string>(times).fill(line.replace(/\/1$/, '')),
    )
    const instances = (requests: readonly string[]) => requests.map((id) => parseRequestId(id)?.instance ?? id).sort()
    expect(new Set(inCrm).size).toBe(inCrm.length)
    expect(instances(inCouncilTax)).toEqual(instances(inCrm))
    expect(instances(inElectoral)).toEqual(instances(inCrm))
    expect(inCrm).toHaveLength(all.length)

    // One person's changes are in the CRM in the order in which they were accepted.
    const streets = new Map<string, number[]>()
    for (const { personReference, externalReference } of offices.crm.cases()) {
      const { messages } = await operations.search({
        correlationId: parseRequestId(externalReference)?.instance ?? '',
        type: 'customer.address.changed',
      })
      const accepted = Date.parse(messages[0]?.time ?? '')
      streets.set(personReference, [...(streets.get(personReference) ?? []), accepted])
    }
    for (const times of streets.values()) expect(times).toEqual(times.toSorted((a, b) => a - b))

    const letters = (await offices.mail.mailbox()).map(
      ({ bytes }) => /^Message-ID: (.*)$/im.exec(bytes.toString())?.[1],
    )
    const heldLetters = await operations.deadLetters({ receiver: 'e-mails.mail', limit: 1000 })
    expect(new Set(letters).size, 'no e-mail twice').toBe(letters.length)
    expect(letters.length + heldLetters.keys.length).toBeGreaterThanOrEqual(inCrm.length)
    expect(await operations.check()).toEqual([])
    await gateway.stop()
    await broker.stop()
    const moments = [...counts].map(([last, times]) => `${times} after "${last}"`).join(', ')
    console.log(
      `seed ${seed}: killed ${moments}; ${inCrm.length} in each office, ${heldLetters.keys.length} e-mails held`,
    )
  })
})
