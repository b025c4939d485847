import { expect, it } from 'vitest'
import type { Bs7666Address } from './bs7666-address.ts'
import { objectName, objectNumber, placeName } from './object-name.ts'

const four = { number: '4', suffix: 'A' }

it.each<[Bs7666Address['paon'], string, string | undefined]>([
  [{ startRange: { number: '4' } }, '4', '4'],
  [{ startRange: four, endRange: { number: '6' } }, '4A-6', '4A-6'],
  [{ description: 'ROSE COTTAGE' }, 'ROSE COTTAGE', undefined],
  [{ description: 'FLAT', startRange: { number: '2' } }, 'FLAT 2', '2'],
  [{ description: 'FLAT', endRange: four }, 'FLAT 4A', '4A'],
])('%j is written %s, and its number %s', (name, written, number) => {
  expect([objectName(name), objectNumber(name)]).toEqual([written, number])
})

it.each([
  [{ postTown: 'PORT', town: 'SALLOWMERE', administrativeArea: 'SALLOWSHIRE' }, 'PORT'],
  [{ town: 'SALLOWMERE', administrativeArea: 'SALLOWSHIRE' }, 'SALLOWMERE'],
  [{ administrativeArea: 'SALLOWSHIRE' }, 'SALLOWSHIRE'],
  [{ locality: 'EASTGATE' }, undefined],
])('of %j the place is %s', (places, place) => {
  expect(placeName({ paon: { description: 'ROSE COTTAGE' }, streetDescription: 'QUAY LANE', ...places })).toBe(place)
})
