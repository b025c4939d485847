import type { Configuration } from '@portreeve/configuration'
import { adapterNamed } from '../adapters.ts'
import type { Status, Transaction } from '../operations.ts'
import { nothingHeld, ruleName, type Way } from './ways.ts'

const atReceivers = ['delivered', 'refused', 'parked'] as const

/** What can come of a message at each receiver, and of a transaction at each system of its process. */
export function outcomesOf({
  routes,
  processes,
  adapters,
}: Pick<Configuration, 'routes' | 'processes' | 'adapters'>): readonly Way[] {
  const received = routes.flatMap((route) => {
    const labels = route.kind === 'split' ? [] : route.branches.flatMap(({ to }) => to)
    return [...new Set(labels)].flatMap((label) =>
      atReceivers.map((state) => outcome(`routes/${route.name}`, receiverOutcome(`${route.name}.${label}`, state))),
    )
  })
  const processed = processes.flatMap(({ name, systems, answers }) => {
    return systems.flatMap(({ label, confirmWithinWorkingDays }) => {
      const instance = adapters.find((adapter) => adapter.label === label)
      const speaks = (instance && adapterNamed(instance.adapter)?.emits.includes(answers)) ?? false
      const kinds = ['not concerned', ...(speaks ? ['confirmed'] : [])]
      const all = confirmWithinWorkingDays === null ? kinds : [...kinds, 'not confirmed in time']
      return all.map((kind) => outcome(`processes/${name}`, systemOutcome(name, label, kind)))
    })
  })
  return [...received, ...processed]
}

function outcome(of: string, name: string): Way {
  return { kind: 'outcome', of, name }
}

/** Names of the outcomes that messages have had. */
export function receiverOutcomes(counts: Status['counts']): readonly string[] {
  return counts.map(({ receiver, state }) => receiverOutcome(receiver, state))
}

/** Names of the ways and outcomes that a transaction shows as it stands now. */
export function transactionOutcomes(
  { processes }: Pick<Configuration, 'processes'>,
  { process: name, holds, systems, steps }: Transaction,
): readonly string[] {
  const quality = processes.find((process) => process.name === name)?.quality ?? null
  const held = holds.map(({ rule }) => ruleName(quality ?? '', rule))
  const said = steps.flatMap(({ what, system }) => {
    return what === 'confirmed' && system !== undefined ? [systemOutcome(name, system, 'confirmed')] : []
  })
  const standing = systems.flatMap(({ system, state, code }) => [
    ...(state === 'not-concerned' ? [systemOutcome(name, system, 'not concerned')] : []),
    ...(code === 'PRV_CORE_NOT_CONFIRMED' ? [systemOutcome(name, system, 'not confirmed in time')] : []),
  ])
  return [...(quality !== null && held.length === 0 ? [nothingHeld(quality)] : held), ...said, ...standing]
}

const receiverOutcome = (receiver: string, state: string) => `${receiver}: ${state}`
const systemOutcome = (process: string, system: string, kind: string) => `${process}, ${system}: ${kind}`
