import { messageSchemas } from '@portreeve/model'
import { conditionVerdict, type KnownField } from './condition-verdict.ts'
import type { DeliveryRoute, ProcessConfiguration } from './configuration.ts'
import { fieldsIn } from './fields-in-condition.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import type { LocatedRoute } from './route-file.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

/** A delivery route that leads to a system, whatever its filter says. */
interface Way extends LocatedRoute {
  readonly route: DeliveryRoute
}

/** Requests that no route would ever bring to their system: it would wait for ever. */
export function lintReach(
  { requests, systems }: ProcessConfiguration,
  label: string,
  source: YamlSource,
  located: readonly LocatedRoute[],
): readonly LintProblem[] {
  const ways = located.flatMap(({ route, ...rest }): Way[] => {
    const leads = route.kind === 'delivery' && route.from.includes(requests)
    return leads && route.branches.some(({ to }) => to.includes(label)) ? [{ ...rest, route }] : []
  })
  const known = knownOf(requests, label)
  if (ways.some(({ route }) => lets(route, label, known))) return []
  const [way] = ways
  if (way) return [shutWay(way, label, new Set(systems.map((system) => system.label)), known)]
  return [
    lintError('unreachable', source.placeOf(['systems', label], 'key'), {
      sentence: `No route brings ${requests} to ${label}, so it would wait for ever.`,
      remedy: `Add a route from ${requests} to ${label}: docs/how-to/connect-a-back-office.md.`,
    }),
  ]
}

/** A request is for one system, and has no fields but those of its model. */
function knownOf(requests: string, label: string): KnownField {
  const schema = Object.entries(messageSchemas).find(([type]) => type === requests)?.[1]
  return (field) => {
    if (field === 'envelope.type') return { value: requests }
    if (field === 'body.system') return { value: label }
    const [, name] = /^body\.([^.]+)/.exec(field) ?? []
    return name !== undefined && schema && !Object.hasOwn(schema.properties, name) ? { value: undefined } : null
  }
}

/** True unless no message about which this is known could come to the system. */
function lets({ when, branches }: DeliveryRoute, label: string, known: KnownField): boolean {
  if (conditionVerdict(when, known) === false) return false
  for (const branch of branches) {
    const verdict = conditionVerdict(branch.when, known)
    if (verdict !== false && branch.to.includes(label)) return true
    if (verdict === true) return false
  }
  return false
}

function shutWay(way: Way, label: string, labels: ReadonlySet<string>, known: KnownField): LintProblem {
  const { path, remedy } = culprit(way, label, labels, known)
  return lintError('unreachable', way.source.placeOf(path), {
    sentence: `No request for ${label} passes here, so ${label} would wait for ever.`,
    remedy,
  })
}

/** What shuts the way: a value or a field, where one can be named; else a whole condition. */
function culprit(
  { route, source, branchPath }: Way,
  label: string,
  labels: ReadonlySet<string>,
  known: KnownField,
): { readonly path: YamlPath; readonly remedy: string } {
  const branches = route.branches.flatMap(({ when, to }, index) =>
    to.includes(label) ? [{ when, path: [...branchPath(index), 'when'] }] : [],
  )
  const conditions: readonly { readonly when: unknown; readonly path: YamlPath }[] = [
    { when: route.when, path: ['when'] },
    ...branches,
  ]
  const shut = conditions.find(({ when }) => conditionVerdict(when, known) === false)
  const remedy = `Let through what has "${label}" as body.system: docs/how-to/connect-a-back-office.md.`
  for (const { field, path } of shut ? fieldsIn(shut.when, shut.path) : []) {
    const isOfModel = field === 'envelope.type' || field === 'body.system'
    if (!isOfModel && known(field)) return { path, remedy: `Requests have no ${field}. Did you mean body.system?` }
    const test = path.slice(0, -1)
    const places = [
      [...test, 'equals'],
      [...test, 'in', 0],
    ]
    const place = places.find((each) => source.has(each))
    if (field !== 'body.system' || place === undefined) continue
    const isMisspelt = !labels.has(String(source.valueAt(place)))
    return { path: place, remedy: isMisspelt ? `Did you mean "${label}"?` : remedy }
  }
  return { path: shut?.path ?? branches[0]?.path ?? ['to'], remedy }
}
