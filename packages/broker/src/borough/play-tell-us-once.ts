import { setTimeout as sleep } from 'node:timers/promises'
import type { Transaction } from '../operations.ts'
import type { BackOffices } from './back-offices.ts'
import { changesOfAddress } from './inhabitants.ts'
import type { Borough } from './start-borough.ts'

/** What the door answered. */
export interface Submitted {
  readonly status: number
  readonly reference: string
  readonly statusAddress: string
}

/** Brings a change of address to the door, as a web form does. */
export type Submit = (body: unknown, idempotencyKey: string) => Promise<Submitted>

/** What became of one change of address. */
export interface ChangeStory {
  readonly says: string
  readonly reference: string
  readonly statusAddress: string
  readonly systems: Transaction['systems']
  /** Why it waited for a person before any office was told. */
  readonly holds: readonly string[]
  /** What people decided. */
  readonly decisions: readonly { readonly by: string; readonly why: string }[]
}

const timeLimitMs = 60_000
const dayMs = 24 * 60 * 60 * 1000

/**
 * Three citizens say that they have moved, one of them twice; staff decide what waits for a person; the back offices do their work.
 * Returns once each change is where it ends.
 */
export async function playTellUsOnce(borough: Borough, submit: Submit): Promise<readonly ChangeStory[]> {
  const { operations } = borough.broker
  const stories: { says: string; submitted: Submitted }[] = []
  for (const [number, { says, daysAgo, body }] of changesOfAddress.entries()) {
    const movedOn = new Date(Date.now() - daysAgo * dayMs).toISOString().slice(0, 10)
    stories.push({ says, submitted: await submit({ ...body, movedOn }, `demonstration-${number}`) })
    if (number === 0) await submit({ ...body, movedOn }, `demonstration-${number}`)
  }
  const look = async (reference: string) => await operations.transaction({ reference })
  const end = Date.now() + timeLimitMs
  for (let open = true; open && Date.now() < end; await sleep(100)) {
    await borough.offices.work()
    const found = await Promise.all(stories.map(({ submitted: { reference } }) => look(reference)))
    for (const transaction of found) if (transaction) await decide(borough, transaction)
    open = found.some((transaction) => transaction?.stage !== 'ended')
  }
  return await Promise.all(
    stories.map(async ({ says, submitted: { reference, statusAddress } }) => {
      const { systems = [], steps = [], holds = [] } = (await look(reference)) ?? {}
      const decisions = steps.flatMap(({ by, why }) => (by === undefined || why === undefined ? [] : [{ by, why }]))
      const held = holds.map(({ sentence }) => sentence)
      return { says, reference, statusAddress, systems, holds: held, decisions }
    }),
  )
}

/** What a person would do by `portreeve approve` and `portreeve resolve`. */
async function decide({ broker: { operations } }: Borough, { reference, stage, systems }: Transaction): Promise<void> {
  if (stage === 'held') {
    const why = 'She showed her tenancy agreement.'
    await operations.decideTransaction({ reference, decision: 'approve', by: 'Quality control', why })
  }
  for (const { system, state, candidates } of systems) {
    if (state !== 'needs-a-person') continue
    const chosen = candidates?.at(-1)?.personReference
    const why = chosen === undefined ? 'An account was opened by hand.' : 'He was asked on the telephone.'
    const who = chosen === undefined ? {} : { personReference: chosen }
    await operations.resolveTransaction({ reference, system, by: 'Service desk', why, ...who })
  }
}

/** How often each change took effect in each office: by request, as the office was given it. */
export async function effectsIn({
  crm,
  councilTax,
  electoral,
}: BackOffices): Promise<Readonly<Record<string, readonly string[]>>> {
  return {
    crm: crm.cases().map(({ externalReference }) => externalReference),
    'council-tax': (await councilTax.changes()).map(({ externalReference }) => externalReference),
    electoral: [...electoral.record].flatMap(([line, times]) => Array<string>(times).fill(line)),
  }
}
