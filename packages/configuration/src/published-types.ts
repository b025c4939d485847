import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { AdapterConfiguration, DoorConfiguration, ProcessConfiguration, Route } from './configuration.ts'

/** What routes and adapters are looked at together with. */
export interface Surroundings {
  readonly adapters: readonly AdapterConfiguration[]
  readonly declarations: readonly AdapterDeclaration[]
  readonly door?: DoorConfiguration
  readonly processes?: readonly ProcessConfiguration[]
}

/** The declaration behind a label of `broker.yaml`. */
export function declarationOf(label: string, { adapters, declarations }: Surroundings): AdapterDeclaration | undefined {
  const instance = adapters.find((adapter) => adapter.label === label)
  return declarations.find(({ name }) => name === instance?.adapter)
}

/** What the HTTP door takes in, when there is one. */
export const doorTypes = ['customer.address.changed'] as const

/** What the broker tells of itself: once for each time that a receiver has to be left alone. */
export const receiverPaused = 'operations.receiver.paused'

/** What processes ask of whoever sends e-mails. */
export const emailRequested = 'notification.email.requested'

/** The one type whose refusals at a receiver go back to those who sent it. */
export const reportProposed = 'valuation.report.proposed'

/** Topics that the broker keeps for itself: nobody routes from them or says how they are kept. */
export function isInternalTopic(topic: string): boolean {
  return topic.startsWith('portreeve.')
}

/**
 * Every type that comes onto the log: what comes in at the door, what adapters poll, what splitters make of it or refuse,
 * what goes back when a receiver refuses, what processes ask of systems, and what the broker tells of itself.
 */
export function publishedTypes(routes: readonly Route[], surroundings: Surroundings): ReadonlySet<string> {
  const published = new Set<string>([receiverPaused, ...(surroundings.door ? doorTypes : [])])
  for (const { requests, acknowledgement, alert } of surroundings.processes ?? []) {
    published.add(requests)
    if (acknowledgement !== null || alert !== null) published.add(emailRequested)
  }
  for (const { label } of surroundings.adapters) {
    const declaration = declarationOf(label, surroundings)
    if (declaration?.capabilities.poll) for (const type of declaration.emits) published.add(type)
  }
  for (const route of routes) {
    if (route.kind === 'delivery') {
      if (route.from.includes(reportProposed)) published.add(siblingType(reportProposed, 'refused'))
      continue
    }
    for (const type of route.from) {
      published.add(siblingType(type, 'split'))
      published.add(siblingType(type, 'refused'))
    }
    for (const type of declarationOf(route.split, surroundings)?.emits ?? []) {
      published.add(type)
      published.add(siblingType(type, 'refused'))
    }
  }
  return published
}

/** Another fact of the same entity: `valuation.report.proposed` and `refused` give `valuation.report.refused`. */
export function siblingType(type: string, fact: string): string {
  return `${type.slice(0, type.lastIndexOf('.'))}.${fact}`
}
