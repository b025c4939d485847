import { adapterContract, type StandIn } from '@portreeve/adapter-sdk/contract'
import { startFakeSystem } from './fake-system.ts'
import electoral from './index.ts'
import { addressUpdate } from './testing/messages.ts'
import { open, send } from './testing/running.ts'

/** A name of 71 characters is the bad message: the canonical person has none so long. */
async function start(): Promise<StandIn> {
  const system = await startFakeSystem()
  const { outFolder, returnsFolder } = system
  return {
    config: { outFolder, returnsFolder, settleSeconds: 0 },
    misbehave: { down: () => system.breakFolders() },
    message: (kind, number) =>
      kind === 'good'
        ? addressUpdate(`request-${number}`)
        : addressUpdate(`bad-${number}`, {
            person: { personGivenName: 'Ann', personFamilyName: 'x'.repeat(71) },
          }),
    async effects({ envelope: { id } }) {
      await system.take()
      return system.record.get(`${id}/1`) ?? 0
    },
    async put(number) {
      await send(await open(system), addressUpdate(`asked-${number}`))
      await system.take()
      await system.answer()
    },
    state: () => system.listing(),
    stop: () => system.close(),
  }
}

adapterContract(electoral, { start })
