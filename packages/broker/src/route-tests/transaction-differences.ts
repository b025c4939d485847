import type { Expected } from '@portreeve/configuration'
import type { Transaction } from '../operations.ts'

type ExpectedTransaction = NonNullable<Expected['transactions']>[number]

/** Where transactions are not where they were to be, in sentences. */
export function transactionDifferences(
  wanted: Expected['transactions'],
  found: readonly Transaction[],
): readonly string[] {
  if (wanted === undefined) return []
  if (wanted.length !== found.length) {
    return [`There were to be ${wanted.length} transactions, and there are ${found.length}.`]
  }
  return wanted.flatMap((one, index) => {
    const transaction = found[index]
    return transaction ? differencesOf(one, transaction, `Transaction ${index + 1}`) : []
  })
}

function differencesOf(wanted: ExpectedTransaction, found: Transaction, place: string): readonly string[] {
  const { stage, held } = wanted
  const rules = found.holds.map(({ rule }) => rule)
  const isStage = stage === undefined || stage === found.stage
  const isHeld = held === undefined || held.toSorted().join() === rules.toSorted().join()
  return [
    ...(isStage ? [] : [`${place} was to be ${stage}, and is ${found.stage}.`]),
    ...(isHeld ? [] : [`${place} was to be held by ${listed(held)}, and was held by ${listed(rules)}.`]),
    ...Object.entries(wanted.systems ?? {}).flatMap(([label, state]) => systemDifferences(label, state, found, place)),
  ]
}

function systemDifferences(label: string, state: string, { systems }: Transaction, place: string): readonly string[] {
  const progress = systems.find(({ system }) => system === label)
  if (progress?.state === state) return []
  const why = progress?.words === undefined ? '.' : `: ${progress.words}`
  return [`${place}, ${label} was to be ${state}, and is ${progress?.state ?? 'not part of it'}${why}`]
}

const listed = (names: readonly string[]) => names.toSorted().join(' and ') || 'nothing'
