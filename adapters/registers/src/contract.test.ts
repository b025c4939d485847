import { adapterContract, type StandIn } from '@portreeve/adapter-sdk/contract'
import { startFakeSystem } from './fake-system.ts'
import registers from './index.ts'

const ada = { personFamilyName: "O'Synthetic", personGivenName: 'Wilhelmina' }

async function start(): Promise<StandIn> {
  const system = await startFakeSystem()
  const { addressesFile, personsFile } = system
  return {
    config: { addressesFile, personsFile },
    misbehave: { down: () => system.goDown() },
    questions: () => [
      { question: { kind: 'address', uprn: '990000000014' }, answer: { known: true, capacity: 5, occupants: 3 } },
      {
        question: { kind: 'address', uprn: '990000000999' },
        answer: { known: false, capacity: null, occupants: null },
      },
      {
        question: { kind: 'persons', ...ada },
        answer: {
          candidates: [
            {
              personReference: 'C-100045',
              description: "Wilhelmina Ada O'Synthetic, born 1984-02-29, at 14A Tannery Row, Sallowmere, ZZ99 3WZ",
            },
          ],
        },
      },
      { question: { kind: 'persons', ...ada, personFamilyName: 'Nemo' }, answer: { candidates: [] } },
    ],
    state: () => system.listing(),
    stop: () => system.close(),
  }
}

adapterContract(registers, { start })
