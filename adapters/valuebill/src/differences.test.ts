import { expect, it } from 'vitest'
import { differences } from './differences.ts'

it('tells each difference once, with what is done there, what is done here, and why', () => {
  expect(new Set(differences.map(({ what }) => what)).size).toBe(differences.length)
  for (const { service, adapter, why } of differences) {
    for (const sentence of [service, adapter, why]) expect(sentence).toMatch(/^[A-Z[].*\.$/)
    expect(adapter).not.toBe(service)
  }
})
