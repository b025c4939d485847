import { adapterContract, type StandIn } from '@portreeve/adapter-sdk/contract'
import { afterAll, beforeAll, describe } from 'vitest'
import { needsPostgres, startPostgres, type TestPostgres, whyNoPostgres } from '../../../test/support/postgres.ts'
import { type FakeSystemOptions, startFakeSystem } from './fake-system.ts'
import revenuesAccounts from './index.ts'
import { ada, move, requestOf } from './testing/messages.ts'

/** A person whom the system has not got makes the bad message. */
async function start(options: FakeSystemOptions): Promise<StandIn> {
  const system = await startFakeSystem({ accounts: [ada], ...options })
  const nobody = { ...move, person: { ...move.person, personFamilyName: 'Nemo' } }
  return {
    config: { ...system.access, timeoutSeconds: 2 },
    misbehave: {
      down: () => system.goDown(),
      silent: () => system.fallSilent(),
      ...(options.postgres && { 'refuses the login': () => system.refuseLogin() }),
    },
    message: (kind, number) => requestOf(`${kind}-${number}`, kind === 'good' ? move : nobody),
    effects: async ({ envelope: { id } }) =>
      (await system.changes()).filter(({ externalReference }) => externalReference === id).length,
    async put(number) {
      await system.addChange(`request-${number}`, ada.accountRef)
      await system.work()
    },
    state: async () => JSON.stringify([await system.accounts(), await system.changes()]),
    stop: () => system.close(),
  }
}

describe('at a file of SQLite', () => adapterContract(revenuesAccounts, { start: () => start({}) }))

describe.skipIf(whyNoPostgres() !== null)(`at PostgreSQL${needsPostgres}`, () => {
  let server: TestPostgres | undefined
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.stop())
  adapterContract(revenuesAccounts, {
    async start() {
      if (!server) throw new TypeError('no server')
      return await start({ postgres: { databaseUrl: await server.createDatabase(), password: server.password } })
    },
  })
})
