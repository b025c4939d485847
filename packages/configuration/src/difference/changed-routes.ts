import { isDeepStrictEqual } from 'node:util'
import type { DeliveryRoute, SplitRoute } from '../configuration.ts'
import type { ConfigurationRecord } from '../configuration-record.ts'
import { type Change, changesByName } from './change.ts'
import { changedSettings, changedWords } from './changed-settings.ts'

type Delivering = Omit<DeliveryRoute, 'place'>
type Splitting = Omit<SplitRoute, 'place'>
type Recorded = Delivering | Splitting

export function changedRoutes(before: ConfigurationRecord, after: ConfigurationRecord): readonly Change[] {
  return changesByName(
    'routes',
    before.routes as Readonly<Record<string, Recorded>>,
    after.routes as Readonly<Record<string, Recorded>>,
    {
      added: (route) => [`Takes in ${route.from.join(', ')}; ${wayOf(route)}.`],
      removed: (route) => [`Took in ${route.from.join(', ')}; ${wayOf(route)}.`],
      changed: changedRoute,
    },
  )
}

function changedRoute(before: Recorded, after: Recorded): readonly string[] {
  return [
    ...changedWords(before.from, after.from, 'Takes in'),
    ...(before.kind === 'delivery' && after.kind === 'delivery'
      ? changedDelivery(before, after)
      : wayOf(before) === wayOf(after)
        ? []
        : [`It goes another way: ${wayOf(after)}; before: ${wayOf(before)}.`]),
    ...changedSettings(before.startFrom, after.startFrom, 'startFrom'),
  ]
}

function changedDelivery(before: Delivering, after: Delivering): readonly string[] {
  const receivers = changedWords(labelsOf(before), labelsOf(after), 'Delivers to')
  return [
    ...receivers,
    ...changedCondition(before.when, after.when),
    ...(receivers.length === 0 && !isDeepStrictEqual(conditionsOf(before), conditionsOf(after))
      ? ['Which receiver gets which message is decided otherwise: the conditions of its branches are other.']
      : []),
    ...changedMaps(before, after),
    ...changedSettings(before.batch, after.batch, 'batch'),
    ...changedSettings(before.limits, after.limits, 'limits'),
  ]
}

function changedCondition(before: unknown, after: unknown): readonly string[] {
  if (isDeepStrictEqual(before, after)) return []
  if (before === undefined) return ['It lets pass only what fulfils a condition, where everything passed before.']
  return [after === undefined ? 'It lets everything pass: its condition is gone.' : 'Its condition is another one.']
}

function changedMaps(before: Delivering, after: Delivering): readonly string[] {
  const was = mapsOf(before)
  return [...mapsOf(after)].flatMap(([label, map]) => {
    const old = was.get(label)
    if (old === map || !was.has(label)) return []
    return [`What ${label} gets goes through ${map ?? 'no mapping'}, was ${old ?? 'no mapping'}.`]
  })
}

function mapsOf({ branches }: Delivering): ReadonlyMap<string, string | undefined> {
  return new Map(branches.flatMap(({ to, map }) => to.map((label) => [label, map] as const)))
}

function conditionsOf({ branches }: Delivering): readonly unknown[] {
  return branches.map(({ when, to }) => ({ when, to }))
}

function labelsOf({ branches }: Delivering): readonly string[] {
  return [...new Set(branches.flatMap(({ to }) => to))]
}

function wayOf(route: Recorded): string {
  return route.kind === 'split' ? `split by ${route.split}` : `to ${labelsOf(route).join(', ')}`
}
