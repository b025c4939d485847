import type { DeadLetterDecision } from '@portreeve/broker'
import { describe, expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import { orderAt } from './support/office-records.ts'
import type { TellUsOnce, Told } from './support/tell-us-once.ts'
import { crmSuppliers } from './support/tell-us-once-offices.ts'
import { changeOf, oldHome, person } from './support/tell-us-once-people.ts'

const { start } = journeys()
const clerk = { by: 'A. Clerk', why: 'Written as they can read it.' }
/** The electoral system reads no such letter. */
const polish = { ...oldHome, streetDescription: 'Łąka Lane' }
const receiver = 'updates-to-electoral.electoral'

async function decisionOn({ operations }: TellUsOnce): Promise<DeadLetterDecision & { readonly body: string }> {
  const { keys } = await operations.deadLetters({ receiver })
  expect(keys).toHaveLength(1)
  const [{ key, messageId } = { key: '', messageId: '' }] = keys
  const detail = await operations.deadLetter({ receiver, key })
  return { receiver, key, messageId, ...clerk, body: detail?.body ?? '' }
}

describe('a message that an office’s adapter cannot write', () => {
  it('waits for a person at that office, with later ones of its person behind it, in order over restarts', async () => {
    const journey = await start({ electoralEncoding: 'iso-8859-1' })
    const bad = await journey.tell(changeOf(person(0), 3, { newAddress: polish }))
    expect(await journey.until(bad, 'electoral', 'needs-a-person')).toMatchObject({ code: 'PRV_ELECTORAL_MESSAGE' })
    const [letter] = await journey.lettersTo('elections-team@sallowmere.example')
    expect(letter?.subject).toContain(bad.reference)
    const later: Told[] = []
    for (const number of [4, 5]) later.push(await journey.tell(changeOf(person(0), number)))
    const other = await journey.tell(changeOf(person(1), 3))
    for (const told of [bad, ...later, other]) {
      for (const system of ['crm', 'council-tax']) await journey.until(told, system, 'delivered')
    }
    await journey.until(other, 'electoral', 'delivered')
    for (const told of later) await journey.until(told, 'electoral', 'withheld')

    await journey.stopBroker()
    await journey.startBroker()
    const last = await journey.tell(changeOf(person(0), 6))
    await journey.until(last, 'crm', 'delivered')
    expect((await journey.progress(last, 'electoral'))?.state).toBe('withheld')
    const { body, ...decision } = await decisionOn(journey)
    const editedBody = body.replace('Łąka Lane', 'Laka Lane')
    await journey.operations.retryDeadLetter({ ...decision, editedBody })
    await journey.untilEnded(bad, ...later, other, last)
    const order = await orderAt(journey, 'electoral', [bad, ...later, last, other])
    expect(order.filter((place) => place !== 4)).toEqual([0, 1, 2, 3])
    expect(journey.offices.electoral.register[0]?.address).toBe('6 Mill Lane')
  })

  it('is over for that office when somebody discards it and sees to it by hand; what is behind it goes', async () => {
    const journey = await start({ electoralEncoding: 'iso-8859-1' })
    const bad = await journey.tell(changeOf(person(0), 3, { newAddress: polish }))
    const parked = await journey.until(bad, 'electoral', 'needs-a-person')
    const [letter] = (await journey.operations.deadLetters({})).keys
    expect(parked).toMatchObject({ deadLetter: { receiver: letter?.receiver, key: letter?.key } })
    const later = await journey.tell(changeOf(person(0), 4))
    await journey.until(later, 'electoral', 'withheld')
    const { body: _, ...decision } = await decisionOn(journey)
    await journey.operations.discardDeadLetter(decision)
    await journey.operations.resolveTransaction({ reference: bad.reference, system: 'electoral', ...clerk })
    await journey.untilEnded(bad, later)
    expect(journey.offices.electoral.results.size).toBe(1)
  })
})

describe.each(crmSuppliers)('a message that the CRM refuses (%s)', (crm) => {
  it('needs a person there; later ones of its person wait for it there, and nobody else does', async () => {
    const journey = await start({ crm })
    const refusal = crm === 'crm-cases' ? { code: 'closed' } : [{ code: 'closed', description: 'Closed.' }]
    const body = JSON.stringify(refusal)
    journey.offices.crm.misbehave({ kind: 'status', status: crm === 'crm-cases' ? 422 : 400, body, requests: 1 })
    const bad = await journey.tell(changeOf(person(0), 3))
    expect(await journey.until(bad, 'crm', 'needs-a-person')).toMatchObject({ code: 'closed' })
    const later: Told[] = []
    for (const number of [4, 5]) later.push(await journey.tell(changeOf(person(0), number)))
    const other = await journey.tell(changeOf(person(1), 3))
    await journey.until(other, 'crm', 'delivered')
    for (const told of [bad, ...later]) await journey.until(told, 'council-tax', 'delivered')
    for (const told of later) expect((await journey.progress(told, 'crm'))?.state).toBe('withheld')
    await journey.stopBroker()
    await journey.startBroker()
    const { reference } = bad
    await journey.operations.resolveTransaction({ reference, system: 'crm', ...clerk, personReference: 'P-0' })
    await journey.untilEnded(bad, ...later, other)
    const order = await orderAt(journey, 'crm', [bad, ...later, other])
    expect(order.filter((place) => place !== 3)).toEqual([0, 1, 2])
    expect(journey.offices.crm.persons()[0]?.address).toContain('5 Mill Lane')
  })
})
