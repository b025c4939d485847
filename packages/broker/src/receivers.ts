import type { Configuration, DeliveryRoute, RouteBranch } from '@portreeve/configuration'

/** One receiver of a route: a consumer group of its own. */
export interface Receiver {
  /** `<route>.<label>`: name of the consumer group, and of the receiver in the ledger. */
  readonly name: string
  readonly route: DeliveryRoute
  /** Label of the adapter. */
  readonly label: string
  readonly branches: readonly { readonly branch: RouteBranch; readonly mine: boolean }[]
}

export function receiversOf(configuration: Configuration): readonly Receiver[] {
  return configuration.routes.flatMap((route) => {
    if (route.kind !== 'delivery') return []
    const labels = new Set(route.branches.flatMap((branch) => branch.to))
    return [...labels].map((label) => ({
      name: `${route.name}.${label}`,
      route,
      label,
      branches: route.branches.map((branch) => ({ branch, mine: branch.to.includes(label) })),
    }))
  })
}

/** Names of the receivers that a message of this type may concern. */
export function receiverNamesByType(receivers: readonly Receiver[]): (type: string) => readonly string[] {
  const names = new Map<string, string[]>()
  for (const { name, route } of receivers) {
    for (const type of route.from) names.set(type, [...(names.get(type) ?? []), name])
  }
  return (type) => names.get(type) ?? []
}
