import { rename } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import type { TellUsOnce, Told } from './support/tell-us-once.ts'
import { type SystemLabel, systems } from './support/tell-us-once-configuration.ts'
import { changeOf, oldHome, person } from './support/tell-us-once-people.ts'
import { until } from './support/until.ts'

const { start } = journeys()

/** `lies`: it says that it has it, and rejects it later. `ambiguous`: it has two such persons. */
type Way = 'well' | 'down' | 'lies' | 'ambiguous'
const [ambrose, perpetua] = [person(0), person(1)]
const twin = { ...ambrose, customer: undefined }

/** Each of three faults or not, each at its own office; then each fault at each office. */
const ways: readonly (readonly [Way, Way, Way])[] = [
  ...(['down', 'well'] as const).flatMap((crm) =>
    (['lies', 'well'] as const).flatMap((councilTax) =>
      (['ambiguous', 'well'] as const).map((electoral) => [crm, councilTax, electoral] as const),
    ),
  ),
  ['down', 'ambiguous', 'lies'],
  ['lies', 'down', 'ambiguous'],
  ['lies', 'ambiguous', 'down'],
  ['ambiguous', 'down', 'lies'],
  ['ambiguous', 'lies', 'down'],
]

interface Office {
  goDown(): Promise<unknown>
  comeBack(): Promise<unknown>
  holdTwice(): Promise<unknown>
  /** Rejects what Ambrose told, which it has; takes over all else. */
  work(lies: boolean): Promise<unknown>
}

function officesOf({ offices: { crm, councilTax, electoral } }: TellUsOnce): Readonly<Record<SystemLabel, Office>> {
  const { givenName: forenames, familyName: surname } = ambrose
  const out = electoral.outFolder
  return {
    crm: {
      goDown: () => crm.goDown(),
      comeBack: () => crm.comeBack(),
      holdTwice: async () => {
        const { customer: _, ...same } = twin
        crm.setPersons([...crm.persons().slice(1), { reference: 'P-81', ...same }, { reference: 'P-82', ...same }])
      },
      work: async (lies) => {
        for (const { caseId, personReference, status } of crm.cases()) {
          const isRejected = lies && personReference === 'P-0'
          if (status === 'new') crm.changeStatus(caseId, isRejected ? 'rejected' : 'resolved', 'Looked at.')
        }
      },
    },
    'council-tax': {
      goDown: () => councilTax.goDown(),
      comeBack: () => councilTax.comeBack(),
      holdTwice: () => councilTax.addAccounts({ accountRef: '70098', ...ambrose, postcode: oldHome.postcode }),
      work: async (lies) => {
        if (lies) councilTax.refuse('70000', 'Looked at.')
        await councilTax.work()
      },
    },
    electoral: {
      goDown: () => rename(out, `${out}.away`),
      comeBack: () => rename(`${out}.away`, out),
      holdTwice: async () => electoral.register.push({ number: 'EA-98', forenames, surname, address: '2 Quay Street' }),
      work: async () => {
        const before = electoral.results.size
        await electoral.take()
        if (electoral.results.size > before) await electoral.answer()
      },
    },
  }
}

const ends = { well: 'confirmed', down: 'waiting', lies: 'needs-a-person', ambiguous: 'needs-a-person' } as const

it.each(ways)(
  'with the CRM %s, council tax %s and electoral registration %s, what is said is true of each',
  async (...how) => {
    const journey = await start()
    const offices = officesOf(journey)
    const wayOf = (system: SystemLabel) => how[systems.indexOf(system)] ?? 'well'
    const down = systems.filter((system) => wayOf(system) === 'down')
    for (const system of down) await offices[system].goDown()
    for (const system of systems) if (wayOf(system) === 'ambiguous') await offices[system].holdTwice()
    const newAddress = { ...oldHome, paon: { startRange: { number: '3' } }, postcode: 'ZZ99 9ZZ' }
    const lied = changeOf(ambrose, 3, wayOf('electoral') === 'lies' ? { newAddress } : {})
    const told = await journey.tell(lied)
    const other = await journey.tell(changeOf(perpetua, 3))

    const untilStates = async (which: Told, states: readonly string[]) => {
      const areThere = async () => {
        for (const system of systems) if (!down.includes(system)) await offices[system].work(wayOf(system) === 'lies')
        return JSON.stringify(await statesOf(which)) === JSON.stringify(states)
      }
      await until(`it is ${states}`, areThere, { withinMs: 60_000, instead: () => journey.transaction(which) })
    }
    const statesOf = async (which: Told) => (await journey.transaction(which))?.systems.map(({ state }) => state)
    await untilStates(
      told,
      systems.map((system) => ends[wayOf(system)]),
    )
    await untilStates(
      other,
      systems.map((system) => (down.includes(system) ? 'waiting' : 'confirmed')),
    )
    // An office that is down shows its records to nobody; the CRM's stand-in shows them all the same.
    if (down.every((system) => system === 'crm')) expect(await journey.compare()).toEqual([])

    for (const system of down.splice(0)) await offices[system].comeBack()
    await untilStates(
      told,
      systems.map((system) => (wayOf(system) === 'down' ? 'confirmed' : ends[wayOf(system)])),
    )
    await untilStates(other, Array(3).fill('confirmed'))
    const alerts = (await journey.letters()).filter(({ subject }) => subject.includes('cannot be reached'))
    expect(alerts.length, 'each that is down is told of once').toBe(how.filter((way) => way === 'down').length)
  },
)
