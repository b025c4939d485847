import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needsPostgres, startPostgres, type TestPostgres, whyNoPostgres } from '../../../test/support/postgres.ts'
import type { FakeSystemOptions } from './fake-system.ts'
import { ada, move, requestOf } from './testing/messages.ts'
import { openAtStandIn } from './testing/opened.ts'

const { signal } = new AbortController()
const delivered = (id: string) => ({ state: 'delivered', proof: `address_change ${id}, account A-1` })

function promises(options: () => Promise<FakeSystemOptions>): void {
  it('writes a row that the job takes over', async () => {
    await using opened = await openAtStandIn(await options())
    expect(await opened.send('r-1')).toEqual(delivered('r-1'))
    expect(await opened.system.changes()).toMatchObject([
      {
        externalReference: 'r-1',
        accountRef: 'A-1',
        addressLines: ['THE OLD MILL', '12A MILL STREET', 'SALLOWMERE'],
        postcode: 'ZZ99 2BB',
        movedOn: '2026-03-01',
        status: 'NEW',
        changedAt: null,
      },
    ])
    expect(await opened.system.work()).toBe(1)
    expect(await opened.system.accounts()).toMatchObject([
      { accountRef: 'A-1', uprn: '100099990012', postcode: 'ZZ99 2BB' },
    ])
  })

  it.each([
    [
      'by the one whom somebody chose',
      { ...move, personReference: 'A-1', person: { ...move.person, personFamilyName: 'Nemo' } },
    ],
    ['whatever the letter case', { ...move, person: { ...move.person, personFamilyName: 'QUILLIAM' } }],
    [
      'by name and postcode without a date of birth',
      { ...move, person: { personGivenName: 'Ada', personFamilyName: 'Quilliam' } },
    ],
  ])('finds the account %s', async (_how, body) => {
    const [closed, another] = [
      { ...ada, accountRef: 'A-0', status: 'CLOSED' },
      { ...ada, accountRef: 'A-9', familyName: "O'Dare" },
    ]
    await using opened = await openAtStandIn({ ...(await options()), accounts: [closed, ada, another] })
    expect(await opened.send('r-1', body)).toEqual(delivered('r-1'))
  })

  it('leaves it to a person who is meant, with the candidates', async () => {
    await using opened = await openAtStandIn({ ...(await options()), accounts: [ada, { ...ada, accountRef: 'A-2' }] })
    expect(await opened.send('r-1')).toEqual({
      state: 'refused',
      code: 'PRV_ADAPTER_PERSON_AMBIGUOUS',
      reason: 'revenues has 2 persons who match the person of this message.',
      candidates: ['A-1', 'A-2'].map((personReference) => ({
        personReference,
        description: 'Ada Quilliam; born 1980-01-02; 4 QUAY LANE, SALLOWMERE, ZZ99 1AA',
      })),
    })
    expect(await opened.send('r-2', { ...move, personReference: 'A-7' })).toEqual({
      state: 'refused',
      code: 'PRV_ADAPTER_PERSON_NOT_FOUND',
      reason: 'revenues has nobody who matches the person of this message.',
    })
    expect(await opened.system.changes()).toEqual([])
  })

  it('recognises a repeat, also when the change has moved the person away from the old address', async () => {
    await using opened = await openAtStandIn(await options())
    const byPostcode = { ...move, person: { personGivenName: 'Ada', personFamilyName: 'Quilliam' } }
    expect(await opened.send('r-1', byPostcode)).toEqual(delivered('r-1'))
    await opened.system.work()
    expect(await opened.send('r-1', byPostcode)).toEqual(delivered('r-1'))
    expect(await opened.lookup('r-1')).toEqual(delivered('r-1'))
    expect(await opened.send('r-2', byPostcode)).toMatchObject({ state: 'refused' })
    expect(await opened.system.changes()).toHaveLength(1)
  })

  it('writes one row when the same is sent at once from two sides', async () => {
    await using opened = await openAtStandIn(await options())
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => opened.send('r-1')))
    expect(outcomes).toEqual(outcomes.map(() => delivered('r-1')))
    expect(await opened.system.changes()).toHaveLength(1)
  })

  it.each(["O'Brien'); DROP TABLE account; --", '\\', '%', 'é☂', '"'])(
    'takes a person called %j for a name',
    async (name) => {
      await using opened = await openAtStandIn({ ...(await options()), accounts: [{ ...ada, familyName: name }] })
      const person = { ...move.person, personFamilyName: name }
      const newAddress = { ...move.newAddress, streetDescription: name }
      expect(await opened.send('r-1', { ...move, person, newAddress })).toEqual(delivered('r-1'))
      expect(await opened.system.changes()).toMatchObject([
        { addressLines: ['THE OLD MILL', `12A ${name}`, 'SALLOWMERE'] },
      ])
      expect(await opened.send('r-2')).toMatchObject({ state: 'refused', code: 'PRV_ADAPTER_PERSON_NOT_FOUND' })
    },
  )

  it('puts aside what is no change of address, and sends its neighbours', async () => {
    await using opened = await openAtStandIn(await options())
    const messages = [requestOf('r-1', { nonsense: true }), requestOf('r-2')]
    expect(await opened.adapter.send?.({ id: 'b', messages }, signal)).toMatchObject([
      { state: 'not-taken', error: { code: 'PRV_ADAPTER_MESSAGE' } },
      { state: 'delivered' },
    ])
  })

  it('is content with the tables and names of a council, and says which one is missing', async () => {
    const account = { givenName: 'forename' }
    await using opened = await openAtStandIn(await options(), { account })
    await expect(opened.adapter.check(signal)).rejects.toMatchObject({
      code: 'PRV_ENDPOINTS_SQL_STATEMENT',
      message: expect.stringContaining('forename'),
    })
    await using content = await openAtStandIn(await options(), { addressChange: { addressLines: ['address_1'] } })
    await content.adapter.check(signal)
    await content.send('r-1')
    expect(await content.system.changes()).toMatchObject([
      { addressLines: ['THE OLD MILL, 12A MILL STREET, SALLOWMERE'] },
    ])
  })

  it('finds in its check that a reference could be written twice', async () => {
    await using opened = await openAtStandIn(await options(), {
      addressChange: { externalReference: 'postcode', postcode: 'uprn' },
    })
    await expect(opened.adapter.check(signal)).rejects.toMatchObject({ code: 'PRV_ENDPOINTS_SQL_STATEMENT' })
  })
}

describe('at a file of SQLite', () => promises(async () => ({})))

describe.skipIf(whyNoPostgres() !== null)(`at PostgreSQL${needsPostgres}`, () => {
  let server: TestPostgres
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())
  promises(async () => ({ postgres: { databaseUrl: await server.createDatabase(), password: server.password } }))
})
