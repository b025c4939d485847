import { adapterContract, type StandIn } from '@portreeve/adapter-sdk/contract'
import { startFakeSystem } from './fake-system.ts'
import adapter from './index.ts'
import { messageOf } from './testing/messages.ts'

async function start(): Promise<StandIn> {
  const system = await startFakeSystem({ apiKey: 'tide-and-time' })
  return {
    config: { baseUrl: system.baseUrl, apiKey: 'tide-and-time', timeoutSeconds: 2 },
    misbehave: {
      down: () => system.goDown(),
      silent: () => system.misbehave({ kind: 'silence', on: 'any' }),
      'refuses the login': () => system.misbehave({ kind: 'status', status: 401, on: 'any' }),
    },
    message(kind, number) {
      const id = `${kind}-${number}`
      if (kind === 'bad') system.refuse(id)
      return messageOf(id)
    },
    effects: ({ envelope: { id } }) =>
      system.records().filter(({ externalReference }) => externalReference === id).length,
    state: () => JSON.stringify(system.records()),
    stop: () => system.close(),
  }
}

adapterContract(adapter, { start })
