import { addressUpdateAnsweredSchema } from '@portreeve/model'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needsPostgres, startPostgres, type TestPostgres, whyNoPostgres } from '../../../test/support/postgres.ts'
import type { FakeSystemOptions } from './fake-system.ts'
import { type Answered, openAtStandIn } from './testing/opened.ts'

const idsOf = (found: readonly Answered[]) => found.map(({ answer }) => answer.requestId)
const at = (second: number, fraction = '') => `2026-03-02T10:00:${String(second).padStart(2, '0')}${fraction}Z`

function promises(options: () => Promise<FakeSystemOptions>): void {
  it('brings what was taken over and what was not, in their words, and nothing that was only written', async () => {
    await using opened = await openAtStandIn({ ...(await options()), now: () => new Date('2026-03-03T02:00:00Z') })
    await opened.send('r-1')
    expect(await opened.poll()).toEqual([])
    await opened.system.work()
    opened.system.refuse('A-1', 'Moved out\nlast year. ')
    await opened.system.addChange('r-2', 'A-1')
    await opened.system.work()
    await opened.system.addChange('r-3', 'A-1')
    const found = await opened.poll()
    const common = { system: 'revenues', systemReference: 'A-1', answeredAt: '2026-03-03T02:00:00.000Z' }
    expect(found.map(({ answer }) => answer)).toEqual([
      { ...common, requestId: 'r-1', status: 'confirmed', code: 'APPLIED' },
      { ...common, requestId: 'r-2', status: 'rejected', code: 'REJECTED', words: 'Moved out last year.' },
    ])
    for (const { answer } of found) expect(Value.Check(addressUpdateAnsweredSchema, answer)).toBe(true)
    expect(await opened.poll(found.at(-1)?.cursor)).toEqual([])
  })

  it('loses and doubles none that have the same time, wherever it was left off', async () => {
    await using opened = await openAtStandIn(await options())
    const ids = ['r-1', 'r-2', 'r-3', 'r-4', 'r-5']
    for (const id of ids) await opened.system.addChange(id, 'A-1')
    for (const id of ['r-2', 'r-4', 'r-5']) await opened.system.decide(id, 'APPLIED', at(1))
    const first = await opened.poll()
    expect(idsOf(first)).toEqual(['r-2', 'r-4', 'r-5'])
    // Before, between and behind those that were brought.
    for (const id of ['r-1', 'r-3']) await opened.system.decide(id, 'REJECTED', at(1))
    for (const [index, { cursor }] of first.entries()) {
      const rest = await opened.poll(cursor)
      expect([...idsOf(first.slice(0, index + 1)), ...idsOf(rest)].sort()).toEqual(ids)
      expect(await opened.poll(rest.at(-1)?.cursor)).toEqual([])
    }
  })

  it('finds one whose transaction took long, so that its time lies before others that were brought', async () => {
    await using opened = await openAtStandIn(await options())
    for (const id of ['r-1', 'r-2', 'r-3']) await opened.system.addChange(id, 'A-1')
    await opened.system.decide('r-1', 'APPLIED', at(1))
    await opened.system.decide('r-3', 'APPLIED', at(3))
    const first = await opened.poll()
    await opened.system.decide('r-2', 'APPLIED', at(2))
    const late = await opened.poll(first.at(-1)?.cursor)
    expect(idsOf(late)).toEqual(['r-2'])
    expect(await opened.poll(late.at(-1)?.cursor)).toEqual([])
  })

  it('tells times apart that differ by a microsecond, and brings one that changed its mind again', async () => {
    await using opened = await openAtStandIn(await options())
    for (const id of ['r-1', 'r-2']) await opened.system.addChange(id, 'A-1')
    await opened.system.decide('r-2', 'REJECTED', at(1, '.000001'), 'Not yet.')
    await opened.system.decide('r-1', 'APPLIED', at(1, '.000002'))
    const first = await opened.poll()
    expect(idsOf(first)).toEqual(['r-2', 'r-1'])
    await opened.system.decide('r-2', 'APPLIED', at(2))
    const [again, ...others] = await opened.poll(first.at(-1)?.cursor)
    expect([again?.answer.requestId, again?.answer.status, others]).toEqual(['r-2', 'confirmed', []])
    expect(new Set([...first, again].map((found) => found?.idSeed)).size).toBe(3)
  })

  it('has other words of the same moment for another answer', async () => {
    await using opened = await openAtStandIn(await options())
    await opened.system.addChange('r-1', 'A-1')
    await opened.system.decide('r-1', 'REJECTED', at(1), 'Not yet.')
    const [first] = await opened.poll()
    await opened.system.decide('r-1', 'REJECTED', at(1), 'Wrong account.')
    const [second] = await opened.poll(first?.cursor)
    expect(second?.answer.words).toBe('Wrong account.')
    expect(second?.idSeed).not.toBe(first?.idSeed)
  })

  it('goes through many at one time and at many times, each once, and its cursor does not grow', async () => {
    await using opened = await openAtStandIn(await options())
    const ids = Array.from({ length: 450 }, (_, index) => `r-${String(index).padStart(3, '0')}`)
    for (const id of ids) await opened.system.addChange(id, 'A-1')
    await opened.system.work()
    for (const [index, id] of ids.entries()) {
      if (index >= 230) await opened.system.decide(id, 'APPLIED', at(30, `.${String(index).padStart(3, '0')}`))
    }
    const found = await opened.poll()
    expect(idsOf(found).toSorted()).toEqual(ids)
    expect(new Set(idsOf(found)).size).toBe(450)
    expect(await opened.poll(found.at(-1)?.cursor)).toEqual([])
    expect(idsOf(await opened.poll(found.at(-2)?.cursor))).toHaveLength(1)
  })

  it('passes over rows that none of our references can have, and begins anew behind another adapter', async () => {
    await using opened = await openAtStandIn(await options())
    await opened.system.addChange('a clerk\nwrote this', 'A-1')
    await opened.send('r-1')
    await opened.system.work()
    expect(idsOf(await opened.poll('crm-cases:17'))).toEqual(['r-1'])
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
