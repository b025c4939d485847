import type { QualityConfiguration } from './configuration.ts'

/** Every fact that a quality rule may ask for, and who has to be asked for it; `null`: nobody. */
export const facts: Readonly<Record<string, keyof QualityConfiguration['ask'] | null>> = {
  'facts.daysSinceMove': null,
  'facts.address.hasUprn': 'addresses',
  'facts.address.known': 'addresses',
  'facts.address.capacity': 'addresses',
  'facts.address.occupants': 'addresses',
  'facts.address.placesLeft': 'addresses',
  'facts.persons': 'persons',
}
