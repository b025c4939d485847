import { describe, expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import { crmSuppliers } from './support/tell-us-once-offices.ts'
import { changeOf, nobody, oldHome, person, twice } from './support/tell-us-once-people.ts'

const { start } = journeys()
const clerk = { by: 'A. Clerk', why: 'Asked on the telephone.' }

describe.each(crmSuppliers)('a person whom offices cannot tell (%s)', (crm) => {
  it('by none that matches needs a person at each, whose administrators are told, without the name', async () => {
    const journey = await start({ crm })
    const told = await journey.tell(changeOf(nobody, 3))
    const { code } = await journey.until(told, 'crm', 'needs-a-person')
    expect(code).toBe('PRV_ADAPTER_PERSON_NOT_FOUND')
    await journey.until(told, 'council-tax', 'needs-a-person')
    await journey.until(told, 'electoral', 'delivered')
    await journey.offices.electoral.take()
    await journey.offices.electoral.answer()
    expect(await journey.until(told, 'electoral', 'needs-a-person')).toMatchObject({ code: 'no-match' })
    for (const team of ['crm-team', 'council-tax-team', 'elections-team']) {
      const [letter] = await journey.lettersTo(`${team}@sallowmere.example`)
      expect(letter?.text).toContain(`portreeve track ${told.reference}`)
      for (const mark of ['Aloysius', 'Notional', 'Mill Lane']) expect(JSON.stringify(letter)).not.toContain(mark)
    }
    const { transactions } = await journey.operations.transactions({})
    expect(transactions.map(({ reference }) => reference)).toEqual([told.reference])
    for (const system of ['crm', 'council-tax', 'electoral']) {
      await journey.operations.resolveTransaction({ reference: told.reference, system, ...clerk })
    }
    expect((await journey.untilStage(told, 'ended')).systems.map(({ words }) => words)).toEqual(
      Array(3).fill(clerk.why),
    )
    expect(journey.offices.crm.cases()).toEqual([])
  })

  it('by several who match is sent again for the one whom somebody chose; a later change of hers waits until then', async () => {
    const journey = await start({ crm })
    const { councilTax, electoral } = journey.offices
    await councilTax.addAccounts({ accountRef: '70099', ...twice, postcode: oldHome.postcode })
    const { givenName: forenames, familyName: surname } = twice
    electoral.register.push({ number: 'EA-99', forenames, surname, address: '2 Quay Street' })
    const told = await journey.tell(changeOf(twice, 3))
    const candidatesAt = async (system: string) => {
      const { candidates = [] } = await journey.until(told, system, 'needs-a-person')
      return candidates.map(({ personReference }) => personReference).toSorted()
    }
    expect(await candidatesAt('crm')).toEqual(['P-91', 'P-92'])
    expect(await candidatesAt('council-tax')).toEqual(['70008', '70099'])
    await journey.until(told, 'electoral', 'delivered')
    await electoral.take()
    await electoral.answer()
    expect(await candidatesAt('electoral')).toEqual(['EA-8', 'EA-99'])

    const later = await journey.tell(changeOf(twice, 4, { tell: ['customer-record'] }))
    await journey.until(later, 'crm', 'withheld')
    const chosen = { crm: 'P-92', 'council-tax': '70099', electoral: 'EA-99' }
    for (const [system, personReference] of Object.entries(chosen)) {
      const { reference } = told
      await journey.operations.resolveTransaction({ reference, system, ...clerk, personReference })
    }
    await journey.untilEnded(told)
    expect(journey.offices.crm.persons().filter(({ address }) => address?.startsWith('3 Mill Lane'))).toMatchObject([
      { reference: 'P-92' },
    ])
    expect((await councilTax.accounts()).find(({ accountRef }) => accountRef === '70099')?.addressLines?.[0]).toContain(
      '3',
    )
    expect(electoral.register.at(-1)?.address).toBe('3 Mill Lane')
    expect((await journey.until(later, 'crm', 'needs-a-person')).candidates).toHaveLength(2)
  })

  it('rejected by a clerk of an office needs a person there, with the clerk’s words', async () => {
    const journey = await start({ crm })
    const { councilTax, electoral } = journey.offices
    councilTax.refuse('70000', 'The account is closed.')
    const newAddress = { ...oldHome, paon: { startRange: { number: '3' } }, postcode: 'ZZ99 9ZZ' }
    const told = await journey.tell(changeOf(person(0), 3, { newAddress }))
    for (const system of ['crm', 'council-tax', 'electoral']) await journey.until(told, system, 'delivered')
    const [opened] = journey.offices.crm.cases()
    journey.offices.crm.changeStatus(opened?.caseId ?? '', 'rejected', 'This is a business.')
    await councilTax.work()
    await electoral.take()
    await electoral.answer()
    const wordsAt = async (system: string) => (await journey.until(told, system, 'needs-a-person')).words
    expect(await wordsAt('crm')).toBe('This is a business.')
    expect(await wordsAt('council-tax')).toBe('The account is closed.')
    expect(await wordsAt('electoral')).toBe('The address lies outside the borough.')
    expect(await (await fetch(told.statusAddress)).text()).not.toContain('business')
    const second = await journey.tell(changeOf(person(0), 5))
    await journey.until(second, 'crm', 'delivered')
  })
})
