import type { ProcessConfiguration } from '@portreeve/configuration'
import type { AddressChange } from '@portreeve/model'
import type { Hold } from './judge.ts'

/**
 * A word that no system of the process answers to: who is to be told, or what is refused, would be missed without a sound. A person
 * corrects it.
 */
export function unknownServices(
  { tell = [], consents = [] }: Pick<AddressChange, 'tell' | 'consents'>,
  { systems }: Pick<ProcessConfiguration, 'systems'>,
): readonly Hold[] {
  const known = new Set(systems.map(({ service }) => service))
  const words = new Set([...tell, ...consents.map(({ purpose }) => purpose)].filter((word) => !known.has(word)))
  return [...words].map((word) => ({
    rule: 'unknown-service',
    sentence: `It speaks of a service "${word}", which is none of: ${[...known].join(', ')}.`,
  }))
}
