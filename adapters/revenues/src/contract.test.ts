import { adapterContract, type StandIn } from '@portreeve/adapter-sdk/contract'
import { startFakeSystem } from './fake-system.ts'
import revenues from './index.ts'
import { messageOf, reportRefused } from './testing/messages.ts'

/** A message that names no file is the bad one. Told once, or told twice: the report stands once in the answer. */
async function start(): Promise<StandIn> {
  const system = await startFakeSystem()
  const { inboxFolder, answersFolder } = system
  return {
    config: { inboxFolder, answersFolder, settleSeconds: 0 },
    misbehave: { down: () => system.breakFolders() },
    message: (kind, number) =>
      kind === 'good' ? reportRefused('march', number) : messageOf('valuation.report.refused', `R-${number}`, {}),
    async effects({ envelope: { reference } }) {
      const texts = Object.entries(await system.answers()).filter(([name]) => name.endsWith('.txt'))
      return texts.join().split(`reference ${reference}`).length - 1
    },
    put: (number) => system.drop(`file-${number}.xml`, `<reports number="${number}"/>`),
    state: () => system.listing(),
    stop: () => system.close(),
  }
}

adapterContract(revenues, { start })
