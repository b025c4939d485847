import type { BrokerListener } from '@portreeve/broker'

type EventName = keyof BrokerListener

/** Something that the broker told its listener. */
export type ToldEvent = {
  [Name in EventName]: { readonly name: Name } & Parameters<NonNullable<BrokerListener[Name]>>[0]
}[EventName]

/** A listener that writes down all it hears. */
export function recordEvents(into: Pick<ToldEvent[], 'push'>): Required<BrokerListener> {
  return {
    accepted: (event) => into.push({ name: 'accepted', ...event }),
    progress: (event) => into.push({ name: 'progress', ...event }),
    split: (event) => into.push({ name: 'split', ...event }),
    refused: (event) => into.push({ name: 'refused', ...event }),
    delivered: (event) => into.push({ name: 'delivered', ...event }),
    invalid: (event) => into.push({ name: 'invalid', ...event }),
    paused: (event) => into.push({ name: 'paused', ...event }),
    resumed: (event) => into.push({ name: 'resumed', ...event }),
    failing: (event) => into.push({ name: 'failing', ...event }),
    recovered: (event) => into.push({ name: 'recovered', ...event }),
    tookOver: (event) => into.push({ name: 'tookOver', ...event }),
  }
}

export function named<Name extends EventName>(
  events: readonly ToldEvent[],
  name: Name,
): readonly Extract<ToldEvent, { name: Name }>[] {
  return events.filter((event): event is Extract<ToldEvent, { name: Name }> => event.name === name)
}
