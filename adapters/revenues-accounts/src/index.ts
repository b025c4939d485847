import { defineAdapter, sendEach } from '@portreeve/adapter-sdk'
import { openSql } from '@portreeve/endpoints'
import { AccountsClient } from './client.ts'
import { configSchema, defaults, layoutOf } from './config.ts'
import { addressUpdateRequested } from './from-canonical.ts'
import { pollChanges } from './poll-changes.ts'
import { lookUp, updateSender } from './send-update.ts'
import { addressUpdateAnswered } from './to-canonical.ts'

export default defineAdapter({
  name: 'revenues-accounts',
  summary:
    'Revenues accounts: writes each change of address into a table of the revenues system, and brings back what becomes of it.',
  status: 'beta',
  sources: [
    {
      title: 'Tables of the stand-in that comes with it',
      where: 'adapters/revenues-accounts/src/fake-system/tables.ts',
    },
  ],
  config: configSchema,
  capabilities: { poll: true, receive: false, send: true, idempotentSend: true, lookup: true },
  emits: [addressUpdateAnswered],
  accepts: [addressUpdateRequested],
  errors: [
    'PRV_ADAPTER_PERSON_NOT_FOUND',
    'PRV_ADAPTER_PERSON_AMBIGUOUS',
    'PRV_ADAPTER_MESSAGE',
    'PRV_ADAPTER_REFUSED',
    'PRV_ADAPTER_NEVER_SEEN',
    'PRV_ADAPTER_ANSWER_UNREADABLE',
  ],
  examples: [
    {
      title: 'A database of PostgreSQL, with tables of its own names',
      config: {
        databaseUrl: 'postgresql://portreeve@revenues.example/revenues',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret, resolved by the broker
        password: '${env:REVENUES_PASSWORD}',
        caFile: '/etc/portreeve/council-ca.pem',
        account: { table: 'ctax.account', openStatuses: ['OPEN', 'SUMMONS'] },
        addressChange: { table: 'interface.address_change', addressLines: ['line_a', 'line_b', 'line_c'] },
      },
    },
    { title: 'A file of SQLite on the same machine', config: { databaseUrl: 'sqlite:/srv/revenues/accounts.db' } },
  ],
  async open(config, { label: system }) {
    const { databaseUrl, password, caFile, timeoutSeconds = defaults.timeoutSeconds } = config
    const layout = layoutOf(config)
    const database = openSql({
      databaseUrl,
      timeoutMs: timeoutSeconds * 1000,
      ...(password !== undefined && { password }),
      ...(caFile !== undefined && { caFile }),
    })
    const options = { client: new AccountsClient(database, layout), system, layout }
    const sendOne = updateSender(options)
    return {
      check: (signal) => options.client.check(signal),
      poll: pollChanges(options),
      send: (batch, signal) => sendEach(batch, { system, sendOne }, signal),
      lookup: (batch, signal) => lookUp(batch, options, signal),
      [Symbol.asyncDispose]: () => database.close(),
    }
  },
})
