import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCli } from '@portreeve/cli'
import { fromHeaders } from '@portreeve/envelope'
import { describe, expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import { recordsIn } from './support/prove-borough.ts'
import type { TellUsOnce } from './support/tell-us-once.ts'
import { crmSuppliers } from './support/tell-us-once-offices.ts'
import { changeOf, person } from './support/tell-us-once-people.ts'
import { until } from './support/until.ts'

const { start } = journeys()

async function track({ configurationFolder, environment }: TellUsOnce, reference: string): Promise<string> {
  const out: string[] = []
  const err: string[] = []
  const code = await runCli(['track', reference, '--config', configurationFolder], {
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
    colour: false,
    live: false,
    columns: 80,
    environment,
    workingFolder: configurationFolder,
    now: () => new Date(),
  })
  expect({ code, err }).toEqual({ code: 0, err: [] })
  return out.join('').replaceAll(/\s+/g, ' ')
}

/** The lines of every file, each behind the file's name. */
async function linesOf(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.yaml')).toSorted()
  const texts = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  )
  return texts.flatMap(([name, text]) => text.split('\n').map((line) => `${name}: ${line}`))
}

describe.each(crmSuppliers)('a change of address, with %s as the CRM', (crm) => {
  it('is acknowledged by e-mail, told to every office and confirmed by each, and can be followed by its address', async () => {
    const journey = await start({ crm })
    const change = changeOf(person(0), 3, { emailAddress: 'ambrose@example.org' })
    const told = await journey.tell(change, 'form-1')
    expect(await journey.tell(change, 'form-1'), 'the same again').toEqual(told)
    expect((await journey.post(JSON.stringify(changeOf(person(0), 4)), 'form-1')).status, 'another body').toBe(409)

    const [letter] = await journey.lettersTo('ambrose@example.org')
    expect(letter?.subject).toContain(told.reference)
    expect(letter?.text).toContain(`Your reference is ${told.reference}`)
    expect(letter?.text).toContain(told.statusAddress)
    expect(letter?.html).toContain(`<strong>${told.reference}</strong>`)
    expect(letter?.html).toContain(`href="${told.statusAddress}"`)

    for (const system of ['crm', 'council-tax', 'electoral']) await journey.until(told, system, 'delivered')
    expect(await (await fetch(told.statusAddress)).json()).toMatchObject({ state: 'in-progress' })
    expect((await fetch(`${journey.doorUrl}/transactions/${told.reference}`)).status, 'the reference alone').toBe(404)

    await journey.untilEnded(told)
    const { systems, body } = (await journey.transaction(told)) ?? {}
    expect(body, 'what is not needed any more').toBeNull()
    expect(systems).toMatchObject([
      { system: 'crm', state: 'confirmed', proof: journey.offices.crm.cases()[0]?.caseId },
      { system: 'council-tax', state: 'confirmed', proof: expect.stringContaining('account 70000') },
      { system: 'electoral', state: 'confirmed', systemReference: 'EA-0' },
    ])
    expect(await (await fetch(told.statusAddress)).json()).toMatchObject({
      reference: told.reference,
      state: 'done',
      systems: [
        { system: 'Customer record', state: 'confirmed' },
        { system: 'Council tax', state: 'confirmed' },
        { system: 'Electoral register', state: 'confirmed' },
      ],
    })
    expect(await track(journey, told.reference)).toMatch(/now done/)
    const [{ address } = {}] = journey.offices.crm.persons()
    expect(address).toContain('3 Mill Lane')
    expect(await journey.letters(), 'nobody else is written to').toHaveLength(1)
  })

  it('is told to those offices alone that the person wants told', async () => {
    const journey = await start({ crm })
    const consents = [{ purpose: 'council-tax', answer: 'refused' as const }]
    const some = await journey.tell(changeOf(person(0), 3, { tell: ['electoral-register'] }))
    const notOne = await journey.tell(changeOf(person(1), 3, { consents }))
    await journey.untilEnded(some, notOne)
    const statesOf = async (told: typeof some) => (await journey.transaction(told))?.systems.map(({ state }) => state)
    expect(await statesOf(some)).toEqual(['not-concerned', 'not-concerned', 'confirmed'])
    expect(await statesOf(notOne)).toEqual(['confirmed', 'not-concerned', 'confirmed'])
  })

  it('has the CRM’s own news come back as messages of its origin, and nothing of what Portreeve wrote there', async () => {
    const journey = await start({ crm })
    const told = await journey.tell(changeOf(person(0), 3, { tell: ['customer-record'] }))
    await journey.until(told, 'crm', 'delivered')
    const [opened] = journey.offices.crm.cases()
    const asked = journey.offices.crm.requests().read
    await until('it was asked since', () => journey.offices.crm.requests().read > asked + 3)
    journey.offices.crm.changeStatus(opened?.caseId ?? '', 'in-progress', 'It is on my desk.')
    const isOnDesk = async () => (await journey.progress(told, 'crm'))?.words === 'It is on my desk.'
    await until('the clerk’s word is here', isOnDesk, { withinMs: 60_000 })
    expect((await journey.progress(told, 'crm'))?.state).toBe('delivered')
    journey.offices.crm.changeStatus(opened?.caseId ?? '', 'resolved', 'She is moved.')
    await journey.until(told, 'crm', 'confirmed')
    expect(await track(journey, told.reference)).toContain('She is moved.')

    await journey.stopBroker()
    const answers = await recordsIn(journey, 'customer.address-update.answered')
    expect(answers.map(({ headers }) => fromHeaders(headers).origin)).toEqual(['crm', 'crm'])
    const said = answers.map(({ value }): unknown => JSON.parse(Buffer.from(value ?? '').toString()))
    expect(said).toMatchObject([
      { requestId: opened?.externalReference, status: 'in-progress', words: 'It is on my desk.' },
      { requestId: opened?.externalReference, status: 'confirmed', words: 'She is moved.' },
    ])
  })
})

describe('the CRM’s supplier', () => {
  it('is one line of the configuration, and no route', async () => {
    const [cases, open311] = [await start({ crm: 'crm-cases' }), await start({ crm: 'crm-open311' })]
    for (const journey of [cases, open311]) {
      const told = await journey.tell(changeOf(person(0), 3))
      await journey.untilEnded(told)
    }
    const before = await linesOf(cases.configurationFolder)
    const after = await linesOf(open311.configurationFolder)
    expect(after).toHaveLength(before.length)
    expect(before.flatMap((line, index) => (line === after[index] ? [] : [[line, after[index]]]))).toEqual([
      ['broker.yaml:     adapter: crm-cases', 'broker.yaml:     adapter: crm-open311'],
    ])
  })
})
