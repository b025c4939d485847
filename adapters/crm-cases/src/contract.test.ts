import {
  ada,
  adapterContract,
  caseSystemContract,
  move,
  requestOf,
  type StandIn,
} from '@portreeve/adapter-sdk/contract'
import { startFakeSystem } from './fake-system.ts'
import crmCases from './index.ts'
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
      'refuses the login': () => system.misbehave({ kind: 'status', status: 401, on: 'any' }),
    },
    message: (kind, number) => requestOf(`${kind}-${number}`, kind === 'good' ? move : nobody),
    effects: ({ envelope: { id } }) =>
      system.cases().filter(({ externalReference }) => externalReference === id).length,
    async put(number) {
      const body = JSON.stringify({
        externalReference: `request-${number}`,
        partyId: 'P-1',
        type: 'change-of-address',
        newAddress: { street: 'MILL STREET' },
      })
      await fetch(`${system.baseUrl}/cases`, {
        method: 'POST',
        headers: { authorization: 'Bearer tide-and-time' },
        body,
      })
      system.changeStatus(`C-${number}`, 'resolved', 'Done.')
    },
    state: () => JSON.stringify(system.history()),
    stop: () => system.close(),
  }
}

adapterContract(crmCases, { start })
caseSystemContract({
  openAtStandIn,
  numbers: (number) => `C-${number}`,
  typeUnknown: 'type-unknown',
  conflictCode: 'PRV_ADAPTER_ANSWER_UNREADABLE',
})
