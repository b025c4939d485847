import { PortreeveError } from '@portreeve/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needsPostgres, startPostgres, type TestPostgres, whyNoPostgres } from '../../../test/support/postgres.ts'
import { notMatched, refusalOf } from './errors.ts'
import type { FakeSystem, FakeSystemOptions, Lock } from './fake-system.ts'
import { move } from './testing/messages.ts'
import { type Opened, openAtStandIn } from './testing/opened.ts'

type Fault = [what: string, breaks: (system: FakeSystem) => unknown, state: string, code: string, rows: number]

async function examine(opened: Opened, [, breaks, state, code, rows]: Fault): Promise<void> {
  await breaks(opened.system)
  const outcome = await opened.send('r-1')
  expect([outcome?.state, outcome && 'error' in outcome && outcome.error.code]).toEqual([state, code])
  expect(JSON.stringify(outcome)).not.toMatch(/Quilliam|QUAY/)
  expect(JSON.stringify(outcome)).not.toContain(opened.system.access.password ?? 'tide')
  expect(await opened.system.changes()).toHaveLength(rows)
}

describe('a rule of their tables', () => {
  const broken = (kind: string) =>
    new PortreeveError('PRV_ENDPOINTS_SQL_CONSTRAINT', { database: 'sqlite:/a.db', kind, constraint: 'x' })
  it.each([
    ['foreign-key', 'PRV_ADAPTER_PERSON_NOT_FOUND'],
    ['unique', 'unique'],
    ['check', 'check'],
    ['not-null', 'not-null'],
    ['exclusion', 'other'],
  ])('%s refuses the change as %s', (kind, code) => {
    expect(refusalOf(broken(kind), 'revenues')).toMatchObject({ state: 'refused', code })
  })

  it('is not to blame for anything else', () => {
    const fault = new PortreeveError('PRV_ENDPOINTS_SQL_SLOW', { database: 'sqlite:/a.db', timeoutMs: 1 })
    expect(() => refusalOf(fault, 'revenues')).toThrow(fault)
  })
})

it('says how many there are, without their names', () => {
  const candidates = ['A-1', 'A-2'].map((personReference) => ({ personReference, description: 'Ada Quilliam' }))
  const { candidates: _candidates, ...told } = { candidates, ...notMatched('revenues', { several: true, candidates }) }
  expect(told).toMatchObject({ reason: 'revenues has 2 persons who match the person of this message.' })
})

function promises(options: () => Promise<FakeSystemOptions>): void {
  it.each<[string, Lock]>([
    ['the table', 'table'],
    ['the row of the account', { accountRef: 'A-1' }],
  ])('while %s is locked, nothing is taken; it is written when that is over', async (_what, lock) => {
    await using opened = await openAtStandIn(await options(), { timeoutSeconds: 0.8 })
    const release = await opened.system.lock(lock)
    expect(await opened.send('r-1')).toMatchObject({
      state: 'not-taken',
      error: { code: 'PRV_ENDPOINTS_SQL_LOCKED' },
    })
    await release()
    expect(await opened.system.changes()).toEqual([])
    expect(await opened.send('r-1')).toMatchObject({ state: 'delivered' })
  })

  it('while the database is gone, nothing is taken or concluded; it is written when it is back', async () => {
    await using opened = await openAtStandIn(await options(), { timeoutSeconds: 2 })
    const code = 'PRV_ENDPOINTS_SQL_UNREACHABLE'
    await opened.system.goDown()
    expect(await opened.send('r-1')).toMatchObject({ state: 'not-taken', error: { code } })
    await expect(opened.lookup('r-1')).rejects.toMatchObject({ code })
    await opened.system.comeBack()
    expect(await opened.lookup('r-1')).toMatchObject({ state: 'not-taken', error: { code: 'PRV_ADAPTER_NEVER_SEEN' } })
    expect(await opened.send('r-1')).toMatchObject({ state: 'delivered' })
  })
}

describe('at a file of SQLite', () => promises(async () => ({})))

describe.skipIf(whyNoPostgres() !== null)(`at PostgreSQL${needsPostgres}`, () => {
  let server: TestPostgres
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())
  const options = async (): Promise<FakeSystemOptions> => ({
    postgres: { databaseUrl: await server.createDatabase(), password: server.password },
  })

  promises(options)

  it.each<Fault>([
    ['the login is refused', (system) => system.refuseLogin(), 'not-taken', 'PRV_ENDPOINTS_SQL_LOGIN', 0],
    ['it is slow', (system) => system.behave({ slowMs: 3000 }), 'not-taken', 'PRV_ENDPOINTS_SQL_SLOW', 0],
    [
      'the connection is cut before COMMIT',
      (system) => system.behave('cut before COMMIT'),
      'unknown',
      'PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN',
      0,
    ],
    [
      'the connection is cut after COMMIT',
      (system) => system.behave('cut after COMMIT'),
      'unknown',
      'PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN',
      1,
    ],
  ])('when %s, the outcome is what it is, and no name is told', async (...fault) => {
    await using opened = await openAtStandIn(await options(), { timeoutSeconds: 2 })
    await opened.adapter.check(new AbortController().signal)
    await examine(opened, fault)
  })

  it.each([
    ['cut before COMMIT', 'not-taken'],
    ['cut after COMMIT', 'delivered'],
  ] as const)(
    'after a connection that was %s, a look-up tells the truth, and a repeat writes nothing twice',
    async (how, state) => {
      await using opened = await openAtStandIn(await options(), { timeoutSeconds: 2 })
      opened.system.behave(how)
      await opened.send('r-1')
      opened.system.behave('well')
      expect(await opened.lookup('r-1')).toMatchObject({ state })
      expect(await opened.send('r-1')).toMatchObject({ state: 'delivered' })
      expect(await opened.system.changes()).toHaveLength(1)
    },
  )

  it('puts a message aside whose text is longer than their column, and does not repeat it', async () => {
    await using opened = await openAtStandIn(await options())
    const newAddress = { ...move.newAddress, streetDescription: 'TIDE'.repeat(25) }
    const outcome = await opened.send('r-1', { ...move, newAddress })
    expect(outcome).toMatchObject({ state: 'not-taken', error: { code: 'PRV_ENDPOINTS_SQL_VALUE' } })
    expect(JSON.stringify(outcome)).not.toContain('TIDE')
  })
})
