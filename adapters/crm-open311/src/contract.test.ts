import {
  ada,
  adapterContract,
  caseSystemContract,
  move,
  requestOf,
  type StandIn,
} from '@portreeve/adapter-sdk/contract'
import { startFakeSystem } from './fake-system.ts'
import crmOpen311 from './index.ts'
import { openAtStandIn } from './testing/opened.ts'

/** A person whom the CRM has not got makes the bad message. */
async function start(): Promise<StandIn> {
  const system = await startFakeSystem({ apiKey: 'tide-and-time', persons: [ada] })
  const nobody = { ...move, person: { ...move.person, personFamilyName: 'Nemo' } }
  return {
    config: { baseUrl: system.baseUrl, apiKey: 'tide-and-time', timeoutSeconds: 2 },
    misbehave: {
      down: () => system.goDown(),
      silent: () => system.misbehave({ kind: 'silence', on: 'any' }),
      'refuses the login': () => system.misbehave({ kind: 'status', status: 403, on: 'any' }),
    },
    message: (kind, number) => requestOf(`${kind}-${number}`, kind === 'good' ? move : nobody),
    effects: ({ envelope: { id } }) =>
      system.cases().filter(({ externalReference }) => externalReference === id).length,
    async put(number) {
      const fields = { api_key: 'tide-and-time', service_code: 'change-of-address', account_id: 'P-1' }
      const body = new URLSearchParams({ ...fields, 'attribute[external_reference]': `request-${number}` })
      await fetch(`${system.baseUrl}/requests.json`, { method: 'POST', body })
      system.changeStatus(`${1000 + number}`, 'resolved', 'Done.')
    },
    state: () => JSON.stringify(system.history()),
    stop: () => system.close(),
  }
}

adapterContract(crmOpen311, { start })
caseSystemContract({
  openAtStandIn,
  numbers: (number) => `${1000 + number}`,
  typeUnknown: 'service_code',
  conflictCode: 'PRV_ADAPTER_FAULT',
})
